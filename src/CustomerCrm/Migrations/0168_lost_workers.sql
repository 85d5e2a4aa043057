-- How many workers died with the job in their hands. Apart from its attempts, for most are not to blame.
ALTER TABLE Jobs ADD Lost INT NOT NULL CONSTRAINT DF_Jobs_Lost DEFAULT 0;
