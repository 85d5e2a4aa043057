-- Who lives in a country, or reads a language: where they are few, lists begin with them. Whoever has none stands in neither.
CREATE INDEX IX_Customers_Country ON Customers (TenantId, Country, Id) WHERE Country IS NOT NULL;
CREATE INDEX IX_Customers_Language ON Customers (TenantId, Language, Id) WHERE Language IS NOT NULL;
