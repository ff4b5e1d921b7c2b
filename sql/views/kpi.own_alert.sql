-- ----------------------------------------------------------------------
-- View: kpi.own_alert
--
--      Every alert that kpid has about itself: when it opens, and what the
--      operator is to do. Mails take their words from here.
-- ----------------------------------------------------------------------
create or replace view kpi.own_alert as
select w.*
  from (values
    ('feed_failing', 'データの収集に続けて失敗しています', 'collecting fails again and again',
     'feed_failures attempts in a row failed',
     '取得元のアドレスと提供元の稼働状況をご確認ください。直ったら kpid collect で確かめられます。',
     'Look at the URL and at the source. kpid collect tries again at once.'),
    ('never_arrived', 'データがまだ一度も届いていません', 'nothing has come yet',
     'a configured feed brought nothing by the end of its days of grace',
     '設定の url と contract を kpid preview でご確認ください。',
     'Try the feed''s url and contract with kpid preview.'),
    ('held', '確認待ちのデータがあります', 'a delivery waits for a decision',
     'a delivery that looks wrong as a whole is held, and nothing newer was loaded',
     '内容を確かめ、kpid replay 番号 --commit で取り込むか、kpid retract 番号 --why 理由 で取り消してください。',
     'Look at it, then kpid replay N --commit loads it, or kpid retract N --why TEXT withdraws it.'),
    ('outbox_stuck', 'メールが送れずにたまっています', 'mails wait and cannot leave',
     'a mail has waited longer than outbox_hours',
     'メールサーバーの稼働と設定をご確認ください（kpid mail test 宛先）。たまったメールは順に送られます。',
     'Look at the mail server and its settings (kpid mail test ADDRESS). What waits leaves in order.'),
    ('mail_refused', '宛先がメールを受け付けません', 'an address refuses mail',
     'the last mail to a recipient was refused for good (5xx) or could not be written',
     '宛先を目標の表または収集の設定で改めてください。断られたメールは再送されません。',
     'Mend the address in the table of targets or the feed. What was refused is not sent again.'),
    ('evaluation_failed', '目標の判定に失敗しました', 'judging the targets failed',
     'the last evaluation ended with an error',
     'データベースのログをご確認ください。判定は次の収集でやり直されます。',
     'Look at the database''s log. It is tried again with the next collection.'),
    ('database_slow', 'データベースの処理が遅くなっています', 'the database is slow',
     'three evaluations in a row took longer than slow_s',
     'ディスクの空き、同時に動いている処理、統計情報（analyze）をご確認ください。',
     'Look at the disk, at what else is running, and at the statistics (analyze).'),
    ('disk_low', 'ディスクの空きが少なくなっています', 'little room is left on a disk',
     'less than disk_free_mb is free where kpid or its private database stands',
     '空きを増やしてください。なくなると収集が止まります（取り込み済みのデータは失われません）。',
     'Make room. Without it collecting stops; nothing that was loaded is lost.'),
    ('spool_full', 'データの収集を一時停止しています', 'collecting has paused: the spool is full',
     'the files that were fetched and not loaded have reached max_bytes of spool',
     'データベースの稼働をご確認ください。取り込みが進めば収集は自動で再開します。取得済みのファイルは失われません。',
     'See to the database. Collecting goes on by itself as it takes what waits; nothing fetched is lost.'),
    ('spool_aside', '取り込めずに取り置いたファイルがあります', 'fetched files were set aside',
     'a fetched file was damaged on the disk, ended the program that read it, or belongs to no feed',
     '理由は各ファイルと同名の .txt にあります。破損したファイルは自動で取り直します。確認のうえ削除すると解消します。',
     'The .txt beside each says why. Damaged ones are fetched again. Look, then remove them.'),
    ('clock_unsynchronised', '時計が時刻同期されていません', 'the clock is not synchronised',
     'the system''s clock has not been synchronised for an hour',
     '時刻同期（chrony、systemd-timesyncd など）の稼働をご確認ください。',
     'Look at the time service (chrony, systemd-timesyncd).')
    ) w (kind, title_ja, title_en, opens, todo_ja, todo_en);

comment on view kpi.own_alert is 'the alerts of kpid''s own, in the words of their mails';
comment on column kpi.own_alert.kind is 'part of the alert''s name: kpid/KIND/SUBJECT';
comment on column kpi.own_alert.title_ja is 'what is wrong';
comment on column kpi.own_alert.title_en is 'the same in English';
comment on column kpi.own_alert.opens is 'when it opens; it closes when that is over';
comment on column kpi.own_alert.todo_ja is 'what the operator is to do';
comment on column kpi.own_alert.todo_en is 'the same in English';
