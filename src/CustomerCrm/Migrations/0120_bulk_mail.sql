-- It came in bulk or over a list (RFC 3834, 2): a person may have written it, but no program answers it.
ALTER TABLE ConversationEntries ADD IsBulk BIT NOT NULL CONSTRAINT DF_ConversationEntries_IsBulk DEFAULT 0;
