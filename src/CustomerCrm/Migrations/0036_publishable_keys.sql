-- A publishable key stands in pages for everyone to read: it may do little, and only from these web origins (separated by spaces).
ALTER TABLE ApiKeys ADD IsPublishable BIT NOT NULL CONSTRAINT DF_ApiKeys_IsPublishable DEFAULT 0;
ALTER TABLE ApiKeys ADD Origins NVARCHAR(4000) NULL;

-- The web origins whose pages may call with any other credential of the tenant.
ALTER TABLE Tenants ADD AllowedOrigins NVARCHAR(4000) NULL;
