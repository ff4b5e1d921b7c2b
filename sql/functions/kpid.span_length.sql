-- ----------------------------------------------------------------------
-- Function: kpid.span_length(1)
--
--      How long the periods of a series are. No search_path: names are
--      resolved when it is created, and the planner must be able to inline
--      it.
--
-- Parameters:
--      i_span - D W M Q S A FY, or P6M, P10D
-- ----------------------------------------------------------------------
create or replace function kpid.span_length(i_span text)
returns interval
language sql
immutable parallel safe
return case i_span
       when 'D' then interval '1 day'
       when 'W' then interval '7 days'
       when 'M' then interval '1 month'
       when 'Q' then interval '3 months'
       when 'S' then interval '6 months'
       when 'A' then interval '1 year'
       when 'FY' then interval '1 year'
       else i_span::interval
       end;
comment on function kpid.span_length(text) is
    'how long the periods of a series are';
