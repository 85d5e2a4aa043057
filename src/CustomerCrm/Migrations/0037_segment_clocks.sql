-- Up to when a tenant's segments know what time alone has changed.
CREATE TABLE SegmentClocks (
    TenantId INT          NOT NULL,
    SweptAt  DATETIME2(7) NOT NULL,
    CONSTRAINT PK_SegmentClocks PRIMARY KEY (TenantId),
    CONSTRAINT FK_SegmentClocks_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
