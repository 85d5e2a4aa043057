-- When a business is open: hours by weekday, and the days when it is closed. Both are small, read whole and never asked for one by one.
CREATE TABLE BusinessCalendars (
    TenantId     INT            NOT NULL,
    Id           BINARY(16)     NOT NULL,
    Name         NVARCHAR(200)  NOT NULL,
    -- In lower case: two calendars are not told apart by capitals.
    NameKey      NVARCHAR(200)  NOT NULL,
    TimeZone     NVARCHAR(100)  NOT NULL,
    HoursText    NVARCHAR(MAX)  NOT NULL,
    HolidaysText NVARCHAR(MAX)  NOT NULL,
    IsDefault    BIT            NOT NULL,
    Revision     INT            NOT NULL,
    CreatedAt    DATETIME2(7)   NOT NULL,
    UpdatedAt    DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_BusinessCalendars PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_BusinessCalendars_Tenants FOREIGN KEY (TenantId) REFERENCES Tenants (TenantId)
);
CREATE UNIQUE INDEX UX_BusinessCalendars_Name ON BusinessCalendars (TenantId, NameKey);
CREATE UNIQUE INDEX UX_BusinessCalendars_Default ON BusinessCalendars (TenantId, IsDefault) WHERE IsDefault = 1;
CREATE INDEX IX_BusinessCalendars_Created ON BusinessCalendars (TenantId, CreatedAt, Id);
