-- What stands for a field that is empty, by the field's name, as JSON.
ALTER TABLE CannedResponses ADD DefaultsText NVARCHAR(MAX) NOT NULL DEFAULT '{}';
