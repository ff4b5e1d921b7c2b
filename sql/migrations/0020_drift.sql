-- ----------------------------------------------------------------------
-- Years drift within themselves.
--
-- What is to come of a year errs by more than its months scatter one by one:
-- a shape of past years now carries by how much it did.
--
-- Distribution (Citus): nothing to do, no table changes.
-- ----------------------------------------------------------------------
alter type kpid.shape add attribute drift float8;
comment on column kpid.shape.drift is
    'how many times the variance of what months scatter past years erred by, 1 at least';
