UPDATE AttachmentFiles
SET ConversationKey = (SELECT a.ConversationId FROM Attachments a WHERE a.TenantId = AttachmentFiles.TenantId AND a.Id = AttachmentFiles.AttachmentId);
