-- What messages are made of: subject, HTML, text and SMS with merge fields.
CREATE TABLE Templates (
    TenantId    INT            NOT NULL,
    Id          BINARY(16)     NOT NULL,
    Name        NVARCHAR(100)  NOT NULL,
    -- The name without regard to case, in UTF-8.
    NameKey     VARBINARY(400) NOT NULL,
    Description NVARCHAR(500)  NULL,
    -- The latest version, and which it is.
    VersionId   BINARY(16)     NOT NULL,
    Version     INT            NOT NULL,
    Revision    INT            NOT NULL,
    CreatedAt   DATETIME2(7)   NOT NULL,
    UpdatedAt   DATETIME2(7)   NOT NULL,
    -- Gone for everyone; the row stays, since messages say what they were made of.
    DeletedAt   DATETIME2(7)   NULL,
    CONSTRAINT PK_Templates PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Templates_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UQ_Templates_Name ON Templates (TenantId, NameKey) WHERE DeletedAt IS NULL;
CREATE INDEX IX_Templates_Created ON Templates (TenantId, CreatedAt, Id);

-- Never changed: a change of a template is a new row.
CREATE TABLE TemplateVersions (
    TenantId     INT           NOT NULL,
    Id           BINARY(16)    NOT NULL,
    TemplateId   BINARY(16)    NOT NULL,
    Version      INT           NOT NULL,
    Subject      NVARCHAR(500) NULL,
    Html         NVARCHAR(MAX) NULL,
    Text         NVARCHAR(MAX) NULL,
    Sms          NVARCHAR(MAX) NULL,
    -- JSON: what stands for a field that is empty, by its name; and the utm parameters.
    DefaultsText NVARCHAR(MAX) NOT NULL,
    LinkTagsText NVARCHAR(MAX) NULL,
    -- 1 api_key, 2 user, 3 job, 4 import; with the id as the API writes it and the name it had then.
    AuthorKind   INT           NOT NULL,
    AuthorId     NVARCHAR(40)  NULL,
    AuthorName   NVARCHAR(200) NOT NULL,
    CreatedAt    DATETIME2(7)  NOT NULL,
    CONSTRAINT PK_TemplateVersions PRIMARY KEY (TenantId, Id),
    CONSTRAINT UQ_TemplateVersions_Version UNIQUE (TenantId, TemplateId, Version),
    CONSTRAINT FK_TemplateVersions_Templates FOREIGN KEY (TenantId, TemplateId) REFERENCES Templates (TenantId, Id)
);
