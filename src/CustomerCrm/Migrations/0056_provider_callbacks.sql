-- What providers have told already, by a hash of what they call it: the same is not taken twice.
CREATE TABLE CallbackReceipts (
    TenantId   INT          NOT NULL,
    ReceiptKey BINARY(32)   NOT NULL,
    ReceivedAt DATETIME2(7) NOT NULL,
    CONSTRAINT PK_CallbackReceipts PRIMARY KEY (TenantId, ReceiptKey)
);
CREATE INDEX IX_CallbackReceipts_Received ON CallbackReceipts (TenantId, ReceivedAt);
