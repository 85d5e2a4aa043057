-- Nothing to do: here the index by time is what the clearing goes by, and a filtered index is cheap.
SELECT 1;
