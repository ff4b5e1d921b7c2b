#!/usr/bin/env python3
"""Compares the store with its model (store_model.py) on random sequences.

    store_random.py FIRST LAST      seeds; the database is psql's (PGHOST, PGDATABASE, ..), its schema
                                    migrated, the user a superuser. Every sequence is rolled back.

Loads, batches, late, held, withdrawing, retracted and replayed deliveries, unreadable cells, unreadable
keys, contradictions inside a file. Compared: counts, as_of at every event, as_published at every
publishing instant, the latest values. Loads go any way a client may take, with
digests (kpid.content, kpid.direct_offer) and without; now and then all digests are lost.
"""
import hashlib
import random
import subprocess
import sys

sys.argv, args = sys.argv[:1], sys.argv[1:]
from store_model import Store, D
keys=[(x,p) for x in 'ab' for p in (1,2,3,4)]
def ts(n): return "('2020-01-01 00:00Z'::timestamptz + interval '%d seconds')"%n
def per(p): return "date '2024-%02d-01'"%p
def rnd_stmt(r):
    v=r.random()
    if v<.08: return (None,'L','L')
    if v<.16: return (D(r.randint(1,3)),'P',None)
    return (D(r.randint(1,3)),'A',None)
class Run:
    def __init__(self, seed, withdraw=True):
        self.r=random.Random(seed); self.s=Store(); self.out=[]; self.exp=[]; self.ids={}; self.seed=seed; self.nextid=0; self.rows={}; self.withdraw=withdraw
        self.rep={}
    def q(self,sql): self.out.append(sql)
    def expect(self,label,val): self.exp.append('%s|%s'%(label,val))
    def ask(self,label,sql): self.out.append("select '%s|' || coalesce((%s)::text,'');"%(label,sql))
    def clock(self): self.q("set local kpid.clock = '%s';"%('2020-01-01 00:00:00Z',))
    def setclock(self,n):
        import datetime
        t=datetime.datetime(2020,1,1)+datetime.timedelta(seconds=n)
        self.q("set local kpid.clock = '%sZ';"%t)
    def receive(self):
        r,s=self.r,self.s
        rows=[]
        for k in keys:
            if r.random()<.55:
                x=r.random()
                if x<.06: rows.append((k,None))
                else: rows.append((k,rnd_stmt(r)))
        if rows and r.random()<.15:
            k,st=r.choice(rows)
            rows.append((k, st if r.random()<.5 else rnd_stmt(r)))
        feed=r.choice('fffg')
        # a feed says the same again now and then, in other bytes
        again=[d for d in s.deliveries if d.feed==feed and d.replaces is None and id(d) in self.rows]
        repeat=bool(again) and r.random()<.35
        if repeat: rows=list(self.rows[id(again[-1])])
        elif again and r.random()<.8:
            rows=[x for x in self.rows[id(again[-1])] if x[0][0]=='a']+[x for x in rows if x[0][0]=='b']
        absent=r.choice(('keep','withdraw')) if self.withdraw else 'keep'
        span=(1,r.choice((2,3,4)))
        tainted=r.random()<.1
        if repeat: absent,span,tainted=again[-1].absent,again[-1].span,again[-1].t
        pub=s.clock-r.randint(0,6) if r.random()<(.15 if repeat else .4) else None
        d=s.receive(feed,rows,published=pub,absent=absent,span=span,tainted=tainted,body=self.nextid+1)
        n=self.step=getattr(self,'step',0)+1
        self.nextid+=1
        at=s.clock
        h=hashlib.sha256(b'%d'%self.nextid).hexdigest()
        self.q("insert into got select '%d', kpid.receive('%s','\\x%s','\\x00','u',1,%s,%s,false);"%(n,feed,h,ts(at),ts(pub) if pub is not None else 'null'))
        self.ask('recv%d'%n,"select (id is not null)::text from got where n='%d'"%n)
        self.expect('recv%d'%n,'true' if d else 'false')
        if d:
            self.ids[id(d)]="(select id from got where n='%d')"%n
            self.rows[id(d)]=rows
            d.t=tainted
            self.q("update kpid.delivery set absent='%s', span='[2024-%02d-01,2024-%02d-01]' where delivery=%s;"%(absent,span[0],span[1],self.ids[id(d)]))
        return d
    def stage(self,d,rows,tainted):
        i=self.ids[id(d)]
        for o,x in enumerate('ab'):
            self.q("insert into pg_temp.staged_series values (%s,%d,%d,'ind','M','M','{}');"%(i,o,202037+o))
        vals=[]
        for line,(k,st) in enumerate(rows,2):
            o='ab'.index(k[0])
            if st is None: vals.append("(%s,%d,%s,%d,1,null,null,'?','bad')"%(i,o,per(k[1]),line))
            elif st[0] is None: vals.append("(%s,%d,%s,%d,1,'%s',null,null,null)"%(i,o,per(k[1]),line,st[2]))
            else: vals.append("(%s,%d,%s,%d,1,'%s',%s%s,null,null)"%(i,o,per(k[1]),line,st[1],st[0],self.r.choice(('','.0'))))
        if tainted: vals.append("(%s,null,null,99,1,null,null,'?','bad key')"%i)
        if vals: self.q("insert into pg_temp.staged values %s;"%','.join(vals))
    def load(self,ds):
        s=self.s
        ds=sorted(ds,key=lambda d:d.rank)
        self.q("create temp table m (delivery int, read bigint, inserted bigint, revised bigint, unchanged bigint, rejected bigint, withdrawn bigint) on commit drop;")
        first=True
        for d in ds:
            c=s.load(d)
            if first: self.setclock(s.clock); first=False
            d.label='load%d'%len(s.events)
            if d.t: c['read']+=1; c['rejected']+=1
            self.expect(d.label,'%d,%d,%d,%d,%d,%d'%(c['read'],c['inserted'],c['revised'],c['unchanged'],c['rejected'],c['withdrawn']))
        self.merge(ds)
        for d in ds: self.ask(d.label,"select concat_ws(',',read,inserted,revised,unchanged,rejected,withdrawn) from m where delivery=%s"%self.ids[id(d)])
        self.q("drop table m;")
    # The ways of a client: everything staged; what repeats left out; the straight way. Which one was
    # taken must not show in any answer. A shortcut that fails is taken back, and everything staged.
    def said(self,d,x):
        return sorted((k[1],st[1] if st[0] is not None else st[2],str(st[0])) for k,st in self.rows[id(d)] if st is not None and k[0]==x)
    def unique(self,d):
        ks=[k for k,st in self.rows[id(d)] if st is not None]
        return len(ks)==len(set(ks))
    def digest(self,*what):
        return "'%s'"%hashlib.md5(repr(what).encode()).hexdigest()
    def whole(self,d):
        if not self.unique(d): return 'null'
        bad=sorted({k for k,st in self.rows[id(d)] if st is None})
        return self.digest(self.said(d,'a'),self.said(d,'b'),bad,d.t,d.absent,d.span)
    def merge(self,ds):
        ids='array[%s]::int[]'%','.join(self.ids[id(d)] for d in ds)
        uniq='true' if all(self.unique(d) for d in ds) and self.r.random()<.7 else 'false'
        start=len(self.out)
        for d in ds: self.stage(d,self.rows[id(d)],d.t)
        staging=' '.join(self.out[start:]); del self.out[start:]
        plain="perform kpid.stage_begin(); %s insert into m select * from kpid.merge(%s,%s);"%(staging,ids,uniq)
        ask="""perform kpid.stage_begin(); drop table if exists rep; create temp table rep on commit drop as
            select c.* as c from kpid.content(%s,array[%s]::uuid[],array[%s]::bigint[]) c;"""%(ids,
            ','.join(self.whole(d) for d in ds),','.join(str(len(self.rows[id(d)])+d.t) for d in ds))
        content=ask+""" %s delete from pg_temp.staged where reason is null and delivery in (select c from rep);
            delete from pg_temp.staged_series where delivery in (select c from rep);
            insert into m select * from kpid.merge(%s,%s);"""%(staging,ids,uniq)
        mode=self.r.choice(('plain','content','direct','direct','direct','direct'))
        if mode=='direct' and not (len(ds)==1 and self.unique(ds[0]) and self.rows[id(ds[0])]): mode='content'
        if mode=='direct': self.shortcut(self.direct(ds[0],staging,ask,content),plain)
        elif mode=='content': self.shortcut(content,plain)
        else: self.q("do $$ begin %s end $$;"%plain)
        if self.r.random()<.1: self.q("update kpid.feed_series set digest=null; update kpid.delivery set digest=null;")
    def direct(self,d,staging,ask,content):
        i=self.ids[id(d)]; rows=self.rows[id(d)]; shape={}
        for k,st in rows:
            if st is not None: shape[k[1]]=shape.get(k[1],0)+1
        named={k[0] for k,_ in rows}
        series=' '.join("update pg_temp.staged_series set digest=%s where ordinal=%d;"%(self.digest(self.said(d,x)),o) if x in named
                        else "delete from pg_temp.staged_series where ordinal=%d;"%o for o,x in enumerate('ab'))
        return ask+"""
            if exists (select from rep) then %s
            else
                %s %s
                drop table if exists body, cl; create temp table body on commit drop as select * from pg_temp.staged where reason is null;
                delete from pg_temp.staged where reason is null;
                if not kpid.direct_offer(%s,array[%s]::date[],array[%s]::bigint[]) then %s
                else
                    create temp table cl on commit drop as select * from kpid.direct_begin(%s);
                    insert into kpid.observation select 202037+b.series,c.series,b.period,c.event,b.delivery,b.line,b.col,b.status,b.value
                      from body b join cl c on c.ordinal=b.series where c.class='f';
                    insert into pg_temp.staged select b.* from body b join cl c on c.ordinal=b.series where c.class='c';
                    insert into m select * from kpid.direct_end(%s,%d);
                end if;
            end if;"""%(content,staging,series,i,','.join(per(p) for p in shape),','.join(str(n) for n in shape.values()),content,i,i,len(rows)+d.t)
    def shortcut(self,way,plain):
        self.q("do $$ begin begin %s exception when raise_exception then %s end; end $$;"%(way,plain))
    def run(self):
        r,s=self.r,self.s; held=[]
        self.q("begin; set local client_min_messages=warning; create temp table got(n text, id int) on commit drop;")
        self.q("""select kpid.config_sync('{"feeds":[{"feed":"f","gates":{"future":false}},{"feed":"g","gates":{"future":false}}],"indicators":[{"indicator":"ind","measure":"flow"}]}');""")
        for step in range(r.randint(4,18)):
            what=r.random()
            if what<.65 or not s.deliveries:
                d=self.receive()
                if d and r.random()<.15: held.append(d)
                elif d:
                    ds=[d]
                    while r.random()<.25:
                        e=self.receive()
                        if e: ds.append(e)
                    # the model loads a batch in rank order
                    self.load(ds)
            elif what<.75 and held:
                self.load([held.pop(r.randrange(len(held)))])
            elif what<.9:
                c=[d for d in s.deliveries if d.loaded]
                if c:
                    d=r.choice(c); ok=s.retract(d)
                    if ok: self.setclock(s.clock)
                    n=len(s.events)
                    self.ask('retr%d.%d'%(n,step),"select kpid.retract(%s,'w','y')"%self.ids[id(d)]); self.expect('retr%d.%d'%(n,step),'true' if ok else 'false')
            else:
                c=[d for d in s.deliveries if d.loaded and d.retracted is None]
                if c:
                    d=r.choice(c); rows={k:rnd_stmt(r) for k in keys if r.random()<.6}
                    x=s.replay(d,rows); self.setclock(s.clock)
                    n=self.step=self.step+1
                    self.q("insert into got select '%d', kpid.replay(%s,'\\x01',false);"%(n,self.ids[id(d)]))
                    self.ids[id(x)]="(select id from got where n='%d')"%n; x.t=False
                    self.q("update kpid.delivery set absent='%s', span='[2024-%02d-01,2024-%02d-01]' where delivery=%s;"%(x.absent,x.span[0],x.span[1],self.ids[id(x)]))
                    self.q("select kpid.stage_begin();"); self.stage(x,list(rows.items()),False)
                    self.q("select 'x' from kpid.merge(array[%s]::int[],%s);"%(self.ids[id(x)],r.choice(('true','false'))))
        fmt="string_agg(org||':'||extract(month from period_start)||'='||coalesce(trim_scale(value)::text,'')||status,' ' order by org, period_start)"
        def show(ans):
            return ' '.join('%06d:%d=%s%s'%(202037+'ab'.index(k[0]),k[1],'' if a.value is None else a.value,a.status if a.value is not None else a.missing) for k,a in sorted(ans.items()))
        for n,at,kind,_ in s.events:
            self.ask('asof%d'%n,"select %s from kpi.as_of((select known_at from kpi.event where event=%d))"%(fmt,n));
            self.expect('asof%d'%n,show(s.as_of(at)))
        for t in sorted({d.vintage_at for d in s.deliveries}):
            self.ask('pub%d'%t,"select %s from kpi.as_published(%s)"%(fmt,ts(t)))
            self.expect('pub%d'%t,show(s.as_published(t)))
        self.ask('latest',"select %s from kpi.observation"%fmt); self.expect('latest',show(s.latest()))
        self.q("rollback;")
def main(a,b):
    bad=0; answers=0
    for seed in range(a,b):
        R=Run(seed, withdraw=seed%2!=0)
        R.run()
        p=subprocess.run(['psql', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1'],input='\n'.join(R.out),capture_output=True,text=True)
        got={l.split('|',1)[0]:l.split('|',1)[1] for l in p.stdout.split('\n') if '|' in l}
        if p.returncode: print('seed',seed,p.stderr); bad+=1;
        else:
            for e in R.exp:
                k,v=e.split('|',1); answers+=1
                if got.get(k)!=v: print('seed',seed,k,'\n  want',v,'\n  got ',got.get(k)); bad+=1; break
        if bad>5: break
    print('%d sequences, %d answers, %d wrong' % (b - a, answers, bad))
    return bad
sys.exit(1 if main(int(args[0]), int(args[1])) else 0)
