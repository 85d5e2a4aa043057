-- Where the tenant shows a ticket to its customer: an address with {number} or {id} in it.
ALTER TABLE TicketSettings ADD LinkPattern NVARCHAR(500) NULL;
