-- Filters of lists that no order answers.
CREATE INDEX IX_Companies_Industry ON Companies (TenantId, Industry, CreatedAt, Id) WHERE Industry IS NOT NULL;
CREATE INDEX IX_Companies_Country ON Companies (TenantId, Country, CreatedAt, Id) WHERE Country IS NOT NULL;
CREATE INDEX IX_Products_Price ON Products (TenantId, PriceMinor, Id) WHERE PriceMinor IS NOT NULL;
