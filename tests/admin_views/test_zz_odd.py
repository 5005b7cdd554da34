"""exploration of odd single requests"""
import io, pytest
from schema import TABLES
from schema.base import table_name, option
from tests.admin_views.nasty import *
from tests.admin_views.test_bad_input import address, attacker
from urllib.parse import quote

def test_odd(attacker, manager):
    a = attacker
    tok = manager.form_token()
    head = {"X-CSRFToken": tok}
    for m in ("patient","lead","appointment","lab_order","treatment_plan"):
        base=f"/{m.replace('_','-')}/new/"
        page=a.get(base).get_data(as_text=True)
        fields=every_name(page)
        inl=[n for n in fields if "-70-" in n]
        print(m, len(fields), inl[:3])
        for n in inl[:1]:
            for idx in ("²","9"*5000,"-1","١","99999999999999999999",""):
                a.send(base, {n.replace("-70-",f"-{idx}-"):"x"})
            many={n.replace("-70-",f"-{i}-"):"x" for i in range(150)}
            r=a.send(base, many); print("many", r and r.status_code)
        # files with no name
        for n in list(fields)[:40]:
            a.send(base, {n:(io.BytesIO(b"abc"),"")}, content_type="multipart/form-data")
        body=b'--X\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n'+tok.encode()+b'\r\n'
        for n in list(fields)[:12]:
            b=body+f'--X\r\nContent-Disposition: form-data; name="{n}"; filename=""\r\nContent-Type: text/plain\r\n\r\nabc\r\n--X--\r\n'.encode()
            r=a.post(base,data=b,content_type="multipart/form-data; boundary=X")
        print("noname", r and r.status_code)
        for b in (b"", b"--X", body, body[:40], body+b"--X\r\nContent-Disposition: form-data; name=\"last_name\"\r\n\r\nabc", b"\xff\xfe\x00"*100):
            for ct in ("multipart/form-data; boundary=X","multipart/form-data","application/json","text/plain","application/x-www-form-urlencoded","application/x-www-form-urlencoded; charset=utf-16","","garbage/\xff", "multipart/form-data; boundary="+"x"*500):
                a.post(base,data=b,content_type=ct,headers=head)
                a.post(base,data=b,content_type=ct)
        for b in (b'{}', b'[]', b'{"last_name": {"a": [1]}}', b'['*5000, b'null', b'{"csrf_token": 1}'):
            a.post(base,data=b,content_type="application/json",headers=head)
        raw_=b"csrf_token="+tok.encode()
        for n in list(fields)[:6]:
            q=quote(n)
            for v in (b"%ED%A0%80",b"\xed\xa0\x80",b"%FF%FE",b"%00",b"\xff",b"%",b"%zz",b"%F0%9F%A6%B7"):
                a.post(base,data=raw_+b"&"+q.encode()+b"="+v,content_type="application/x-www-form-urlencoded")
    for path in ("/patient/","/patient/new/","/patient/export/csv/","/imports/","/rights/","/sign-in","/patient/ajax/lookup/"):
        for q in (b"search=\xff\xfe",b"search=%ED%A0%80",b"\xff=1",b"flt.last_name.has=\xff",b"next=/\xff",b"name=\xff&query=\xff",b"%ff=%ff",b"id=%ff",b"&&&=&",b"search="+b"%F0%9F%A6%B7"*1000):
            a._calm(f"{path} {q}", lambda: manager.open(path, environ_overrides={"QUERY_STRING": q.decode("latin1")}))
    for p in ("/patient/%ff","/%ed%a0%80","/password/%ff","/password/"+"x"*5000,"/patient/export/%ff/","/patient/export/"+"c"*3000+"/","/static/%ff","/static/../../etc/passwd","/static/%2e%2e/%2e%2e/app.py","/"+"a/"*2000):
        a.get(p)
    for h in ("Accept-Language","User-Agent","Referer","Accept","Cookie","X-Requested-With","Range","If-None-Match","Origin","Content-Length"):
        for v in ("\xff\xfe","x"*9000,"ro;q=nan","*/*;q=1e309","bytes=0-99999999999999999999","benchside=xx; benchside=.eJx","-1","²"):
            a.get("/patient/",headers={h:v}) if h!="Content-Length" else None
