-- What can be said on which channel. The usual ones are there without a row; a row of theirs says what the tenant has changed. Others are the tenant's own.
CREATE TABLE Channels (
    TenantId           INT            NOT NULL,
    -- Of a usual one, made of its kind.
    Id                 BINARY(16)     NOT NULL,
    -- InteractionChannel: as what its messages count.
    Kind               INT            NOT NULL,
    IsBuiltIn          BIT            NOT NULL,
    Name               NVARCHAR(100)  NOT NULL,
    NameKey            VARBINARY(400) NOT NULL,
    IsEnabled          BIT            NOT NULL,
    -- Where customers write to, by e-mail: answers come back to an address made of it.
    Address            NVARCHAR(254)  NULL,
    MaxTextLength      INT            NOT NULL,
    MaxAttachments     INT            NOT NULL,
    MaxAttachmentBytes BIGINT         NOT NULL,
    -- Media types, separated by spaces; '': all that may be kept.
    AttachmentTypes    NVARCHAR(2000) NOT NULL,
    -- How long after the customer's last message they may be answered; null: always.
    ReplyWindowHours   INT            NULL,
    Revision           INT            NOT NULL,
    CreatedAt          DATETIME2(7)   NOT NULL,
    UpdatedAt          DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Channels PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Channels_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UQ_Channels_Name ON Channels (TenantId, NameKey);
