create or replace function kpid.preset_word(i_preset text, i_status text, i_pace numeric)
returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
-- ----------------------------------------------------------------------
-- Function: kpid.preset_word('tama', 'watch', 0.8)
--
--      The word of the city whose rule is used. Not inlined: the preset
--      default is not asked for its words.
--
-- Parameters:
--      i_preset  - name of the rule
--      i_status  - the status it gave
--      i_pace    - the pace index
--
-- Returns:
--      概ね for the example; null where the city has no word
--
-- Tables directly manipulated: none
-- ----------------------------------------------------------------------
begin
    return (select case when i_status in ('achieved', 'met') then p.reached
                        when i_status = 'off_track' and i_pace < 0
                        then coalesce(p.worse, p.words[3])
                        else p.words[array_position('{on_track,watch,off_track}', i_status)] end
              from kpid.preset p
             where p.preset = i_preset);
end;
$$;
comment on function kpid.preset_word(text, text, numeric) is
    'the word of the city whose rule is used';
