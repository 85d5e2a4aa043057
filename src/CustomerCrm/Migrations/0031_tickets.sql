-- Tickets that open an address only once, from their use until they would have expired.
CREATE TABLE UsedTickets (
    TenantId  INT          NOT NULL,
    Nonce     BINARY(16)   NOT NULL,
    ExpiresAt DATETIME2(7) NOT NULL,
    CONSTRAINT PK_UsedTickets PRIMARY KEY (TenantId, Nonce),
    CONSTRAINT FK_UsedTickets_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
