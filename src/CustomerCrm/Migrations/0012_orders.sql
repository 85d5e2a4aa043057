-- What customers ordered. Every amount is a whole number of the smallest units of the order's currency (cents; JPY has
-- none, KWD has thousandths), unless the column says Tenant: then of the tenant's currency.
CREATE TABLE Orders (
    TenantId            INT            NOT NULL,
    Id                  BINARY(16)     NOT NULL,
    CustomerId          BINARY(16)     NOT NULL,
    -- The order's id where it came from; the key is its UTF-8, compared byte by byte.
    Source              NVARCHAR(100)  NULL,
    ExternalId          NVARCHAR(200)  NULL,
    ExternalKey         VARBINARY(800) NULL,
    -- What people call it, as on the invoice.
    OrderNumber         NVARCHAR(100)  NULL,
    PlacedAt            DATETIME2(7)   NOT NULL,
    Currency            NVARCHAR(3)    NOT NULL,
    -- The lines after their own discounts; DiscountMinor is what was taken off the whole order beside them.
    LinesMinor          BIGINT         NOT NULL,
    DiscountMinor       BIGINT         NOT NULL,
    TaxMinor            BIGINT         NOT NULL,
    -- Whether the lines' prices contain the tax already.
    IsTaxIncluded       BIT            NOT NULL,
    ShippingMinor       BIGINT         NOT NULL,
    -- What was paid back in all, and the part of it that was for goods: neither tax nor shipping.
    RefundedMinor       BIGINT         NOT NULL,
    RefundedGoodsMinor  BIGINT         NOT NULL,
    -- Lines less discounts, less the tax inside them, less refunded goods (OrderSpend.cs); never below 0.
    SpendMinor          BIGINT         NOT NULL,
    -- Units of the tenant's currency for one unit of the order's, in millionths of millionths; null where it was not stated.
    RateE12             BIGINT         NULL,
    -- The spend in the tenant's currency; null where the order is in another one and states no rate.
    SpendTenantMinor    BIGINT         NULL,
    -- SpendTenantMinor, or -1 where there is none: what lists are ordered by.
    SpendKey            BIGINT         NOT NULL,
    -- 1 pending, 2 authorized, 3 paid, 4 partially_refunded, 5 refunded, 6 failed, 7 voided.
    PaymentStatus       INT            NOT NULL,
    -- 1 unfulfilled, 2 partially_fulfilled, 3 fulfilled, 4 shipped, 5 delivered, 6 returned.
    FulfillmentStatus   INT            NOT NULL,
    CancelledAt         DATETIME2(7)   NULL,
    CancellationReason  NVARCHAR(200)  NULL,
    -- Whether it is a purchase in every figure: not cancelled, payment neither failed nor voided. Refunded ones count, with
    -- what is left of their spend.
    IsCounted           BIT            NOT NULL,
    -- When the shop last changed the order, by the shop's clock: what is older than this arrives too late.
    SourceUpdatedAt     DATETIME2(7)   NULL,
    Revision            INT            NOT NULL,
    CreatedAt           DATETIME2(7)   NOT NULL,
    UpdatedAt           DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Orders PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Orders_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_Orders_Customer ON Orders (TenantId, CustomerId, PlacedAt, Id);
-- All that figures need, without a look at the rows: the sums of one customer, or every purchase by customer and time.
-- (SQLite compares IsCounted once more, so it stands in the index too.)
CREATE INDEX IX_Orders_Counted ON Orders (TenantId, CustomerId, PlacedAt, SpendTenantMinor, IsCounted) WHERE IsCounted = 1;
CREATE INDEX IX_Orders_Placed ON Orders (TenantId, PlacedAt, Id);
CREATE INDEX IX_Orders_Updated ON Orders (TenantId, UpdatedAt, Id);
CREATE INDEX IX_Orders_Spend ON Orders (TenantId, SpendKey, Id);
CREATE INDEX IX_Orders_Number ON Orders (TenantId, OrderNumber) WHERE OrderNumber IS NOT NULL;
CREATE UNIQUE INDEX UQ_Orders_External ON Orders (TenantId, ExternalKey, Source) WHERE ExternalKey IS NOT NULL;

CREATE TABLE OrderLines (
    TenantId       INT           NOT NULL,
    OrderId        BINARY(16)    NOT NULL,
    -- 1, 2, 3 … as they stood in the order.
    Position       INT           NOT NULL,
    Sku            NVARCHAR(100) NULL,
    Name           NVARCHAR(300) NOT NULL,
    Quantity       INT           NOT NULL,
    UnitPriceMinor BIGINT        NOT NULL,
    -- Off the line as a whole, not off each piece.
    DiscountMinor  BIGINT        NOT NULL,
    CONSTRAINT PK_OrderLines PRIMARY KEY (TenantId, OrderId, Position),
    CONSTRAINT FK_OrderLines_Orders FOREIGN KEY (TenantId, OrderId) REFERENCES Orders (TenantId, Id) ON DELETE CASCADE
);

CREATE TABLE Refunds (
    TenantId      INT            NOT NULL,
    Id            BINARY(16)     NOT NULL,
    OrderId       BINARY(16)     NOT NULL,
    -- The order's customer, so that a timeline needs no join.
    CustomerId    BINARY(16)     NOT NULL,
    ExternalId    NVARCHAR(200)  NULL,
    ExternalKey   VARBINARY(800) NULL,
    -- All that was paid back, and the parts it is made of.
    AmountMinor   BIGINT         NOT NULL,
    GoodsMinor    BIGINT         NOT NULL,
    TaxMinor      BIGINT         NOT NULL,
    ShippingMinor BIGINT         NOT NULL,
    Reason        NVARCHAR(200)  NULL,
    RefundedAt    DATETIME2(7)   NOT NULL,
    CreatedAt     DATETIME2(7)   NOT NULL,
    CONSTRAINT PK_Refunds PRIMARY KEY (TenantId, Id),
    CONSTRAINT FK_Refunds_Orders FOREIGN KEY (TenantId, OrderId) REFERENCES Orders (TenantId, Id) ON DELETE CASCADE
);
CREATE INDEX IX_Refunds_Order ON Refunds (TenantId, OrderId, RefundedAt, Id);
CREATE INDEX IX_Refunds_Customer ON Refunds (TenantId, CustomerId, RefundedAt, Id);
CREATE UNIQUE INDEX UQ_Refunds_External ON Refunds (TenantId, OrderId, ExternalKey) WHERE ExternalKey IS NOT NULL;

-- What a customer's counted orders come to, kept in the transaction of each change. No row: never had an order.
CREATE TABLE CustomerFigures (
    TenantId     INT          NOT NULL,
    CustomerId   BINARY(16)   NOT NULL,
    -- Of every counted order, those without a stated spend in the tenant's currency included.
    OrderCount   INT          NOT NULL,
    -- In the tenant's currency, of the orders that can be stated in it; LeftOutCount is how many cannot.
    SpendMinor   BIGINT       NOT NULL,
    LeftOutCount INT          NOT NULL,
    FirstOrderAt DATETIME2(7) NULL,
    LastOrderAt  DATETIME2(7) NULL,
    CONSTRAINT PK_CustomerFigures PRIMARY KEY (TenantId, CustomerId),
    CONSTRAINT FK_CustomerFigures_Customers FOREIGN KEY (TenantId, CustomerId) REFERENCES Customers (TenantId, Id) ON DELETE CASCADE
);
