-- In how many parts a text message is sent, each of which is paid for; 1 for an e-mail. Daily limits count them.
ALTER TABLE Messages ADD Parts INT NOT NULL CONSTRAINT DF_Messages_Parts DEFAULT 1;
