-- The day (UTC) whose quota the rows of the latest run count in: what is not written is given back to it.
ALTER TABLE Imports ADD CountedOn DATE NULL;
