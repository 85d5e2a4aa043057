-- Whose file it is while its conversation is in the bin by itself.
ALTER TABLE AttachmentFiles ADD ConversationKey BINARY(16) NULL;
