-- Whom a delivery is about besides the first, who stands in the delivery itself: so that it is forgotten with each of them.
CREATE TABLE HookDeliverySubjects (
    TenantId   INT        NOT NULL,
    DeliveryId BINARY(16) NOT NULL,
    SubjectId  BINARY(16) NOT NULL,
    CONSTRAINT PK_HookDeliverySubjects PRIMARY KEY (TenantId, DeliveryId, SubjectId),
    CONSTRAINT FK_HookDeliverySubjects_Deliveries FOREIGN KEY (TenantId, DeliveryId) REFERENCES HookDeliveries (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_HookDeliverySubjects_Subject ON HookDeliverySubjects (TenantId, SubjectId);
