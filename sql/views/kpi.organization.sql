-- ----------------------------------------------------------------------
-- View: kpi.organization
--
--      Grain: one local government, and the nation (org 000000). For analysts
--      who know a name and need its code, or the other way round. Codes that
--      the list does not know (wards, unions) can have series all the same:
--      join from the left.
-- ----------------------------------------------------------------------
create or replace view kpi.organization as
select g.org_code as org, g.name, g.prefecture,
       case when g.name = g.prefecture then g.name
            else coalesce(g.prefecture, '') || g.name end as full_name,
       case when g.org = 0 then 'nation'
            when g.name = g.prefecture then 'prefecture'
            else 'municipality' end as kind
  from kpid.organization g;
comment on view kpi.organization is
    'local governments by code: names and prefectures';
comment on column kpi.organization.org is
    '六桁の全国地方公共団体コード, as text with its leading zero';
comment on column kpi.organization.name is '上田市; of a prefecture 長野県';
comment on column kpi.organization.prefecture is
    'the prefecture it lies in; null for the nation';
comment on column kpi.organization.full_name is
    '長野県上田市: names alone repeat between prefectures';
comment on column kpi.organization.kind is
    'municipality, prefecture or nation';
