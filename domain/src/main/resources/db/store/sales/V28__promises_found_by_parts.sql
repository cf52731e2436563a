-- Promises are found by the parts that they hold, too: number with and without its punctuation, line code, first word of the name.
update promise
set found_by = trim(coalesce((
    select group_concat(
        lower(
            replace(replace(replace(json_extract(line.value, '$.lineCode') || json_extract(line.value, '$.partNumber'), '-', ''), ' ', ''), '.', '')
            || ' ' || replace(replace(replace(json_extract(line.value, '$.partNumber'), '-', ''), ' ', ''), '.', '')
            || ' ' || replace(replace(json_extract(line.value, '$.partNumber'), '-', ' '), '.', ' ')
            || ' ' || json_extract(line.value, '$.lineCode')
            || ' ' || json_extract(line.value, '$.description')), ' ')
    from json_each(promise.body, '$.lines') line), '') || ' ' || found_by);
