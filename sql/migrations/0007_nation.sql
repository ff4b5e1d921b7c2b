-- ----------------------------------------------------------------------
-- Totals of the nation: org 0 (全国, 00000 in the codes of e-Stat) has series
-- like any prefecture. It has no targets.
-- ----------------------------------------------------------------------
alter table kpid.organization drop constraint organization_org_chk;
alter table kpid.organization
    add constraint organization_org_chk
    check (org = 0 or org between 10000 and 479999);

alter table kpid.series drop constraint series_org_chk;
alter table kpid.series
    add constraint series_org_chk
    check (org = 0 or org between 10000 and 479999);
