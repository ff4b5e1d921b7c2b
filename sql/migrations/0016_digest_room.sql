-- ----------------------------------------------------------------------
-- Room in the pages of kpid.feed_series for a second version of each row:
-- a delivery changes digests alone, which no index holds, and so writes no
-- index where the page has room. Half of what a new month of every series
-- took was the two indexes of this table.
-- ----------------------------------------------------------------------
alter table kpid.feed_series set (fillfactor = 45);
