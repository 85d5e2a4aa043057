-- An attempt is written before the endpoint is called. Until its outcome is written down, too, nobody knows it: it goes on, or the program ended meanwhile.
ALTER TABLE WebhookAttempts ADD IsOpen BIT NOT NULL CONSTRAINT DF_WebhookAttempts_IsOpen DEFAULT 0;
