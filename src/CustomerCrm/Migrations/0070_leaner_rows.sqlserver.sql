-- Nothing to do: here a primary key keeps its table in its order already.
SELECT 1;
