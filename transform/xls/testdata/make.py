#!/usr/bin/env python3
"""Makes plan.fods, a made-up action plan with every kind of cell that the readers must tell apart, and from it
plan.xls and plan.xlsx with LibreOffice (Debian package libreoffice-calc), so that the readers are
tested on workbooks that their own authors did not write. Run it in this folder."""
import subprocess, tempfile
from xml.sax.saxutils import escape

def cell(text=None, cols=1, rows=1, style=None, kind="string", value=None, formula=None, raw=None):
    a = ""
    if cols > 1 or rows > 1:
        a += f' table:number-columns-spanned="{cols}" table:number-rows-spanned="{rows}"'
    if style:
        a += f' table:style-name="{style}"'
    if formula:
        a += f' table:formula="{escape(formula, {chr(34): "&quot;"})}"'
    if text is None and raw is None and value is None:
        return f"<table:table-cell{a}/>"
    a += f' office:value-type="{kind}"'
    if value is not None:
        a += {"float": ' office:value="%s"', "date": ' office:date-value="%s"', "boolean": ' office:boolean-value="%s"',
              "percentage": ' office:value="%s"', "currency": ' office:value="%s"'}.get(kind, ' office:string-value="%s"') % value
    body = raw if raw is not None else "".join(f"<text:p>{escape(p)}</text:p>" for p in (text or "").split("\n"))
    return f"<table:table-cell{a}>{body}</table:table-cell>"

C = "<table:covered-table-cell/>"
def row(*cells, hidden=False, repeat=1):
    a = ' table:visibility="collapse"' if hidden else ""
    if repeat > 1:
        a += f' table:number-rows-repeated="{repeat}"'
    return f"<table:table-row{a}>{''.join(cells)}</table:table-row>"
E = cell()
long = " ".join(f"Көше {i} жөндеуді қажет етеді;" for i in range(1, 400))
plan = "".join([
    row(E, cell("План мероприятий по вопросам, поднятым на встречах акима с населением\nза 2 полугодие 2023 года", cols=8), *[C]*7),
    row(cell(), repeat=2),
    row(E, cell("№", rows=2), cell("Проблемный вопрос", rows=2), cell("служебное", rows=2), cell("Финансирование", cols=2), C, cell("Срок", rows=2), cell("Доля", rows=2), cell("Принято", rows=2)),
    row(E, C, C, C, cell("сумма, тыс. тенге"), cell("источник"), C, C, C),
    row(E, cell("Абайский район", cols=8), *[C]*7),
    row(E, cell(kind="float", value=1), cell("  Ремонт   дороги\nпо ул. Абая  "), cell("x"), cell(kind="currency", value="12500.5", style="money"), cell("МБ", rows=2), cell(kind="date", value="2024-05-31", style="date"), cell(kind="percentage", value="0.25", style="percent"), cell(kind="boolean", value="true")),
    row(E, cell(kind="float", value=2), cell("Әлеуметтік нысандар: іңғүұқөһ ІҢҒҮҰҚӨҺ ҚР"), cell("x"), cell(kind="float", value=-1234567), C, cell("2 квартал 2024 г."), cell(kind="float", value=0.1, formula="of:=0.1+0.2"), cell(kind="boolean", value="false")),
    row(E, cell("3"), cell("скрытая строка"), hidden=True),
    row(E, cell(kind="float", value=4, rows=2), cell(raw='<text:p>Строи<text:span text:style-name="b">тельство школы</text:span> «Жас ұрпақ»</text:p>'), cell(), cell(kind="float", value=20231219080620), cell("РБ", formula='of:=CONCATENATE("Р";"Б")'), cell(kind="date", value="2024-01-01T10:30:00", style="stamp"), cell("#N/A", formula="of:=NA()", kind="float", value="0"), E),
    row(E, C, cell(long), E, cell(kind="float", value=3, formula="of:=1+2"), E, E, E, E),
    row(E, cell("Итого"), E, E, cell(kind="float", value=0.5), E, E, E, E),
])
doc = f'''<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:date-style style:name="nd"><number:day number:style="long"/><number:text>.</number:text><number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/></number:date-style>
<number:date-style style:name="ns"><number:day/><number:text>.</number:text><number:month/><number:text>.</number:text><number:year number:style="long"/><number:text> </number:text><number:hours/><number:text>:</number:text><number:minutes number:style="long"/></number:date-style>
<number:percentage-style style:name="np"><number:number number:decimal-places="0" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<number:currency-style style:name="nm"><number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/><number:text> </number:text><number:currency-symbol number:language="kk" number:country="KZ">₸</number:currency-symbol></number:currency-style>
<style:style style:name="date" style:family="table-cell" style:data-style-name="nd"/><style:style style:name="stamp" style:family="table-cell" style:data-style-name="ns"/>
<style:style style:name="percent" style:family="table-cell" style:data-style-name="np"/><style:style style:name="money" style:family="table-cell" style:data-style-name="nm"/>
<style:style style:name="b" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="План"><table:shapes><draw:custom-shape svg:x="1cm" svg:y="12cm" svg:width="5cm" svg:height="1cm"><text:p>УТВЕРЖДАЮ</text:p></draw:custom-shape></table:shapes>
<table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="5"/>{plan}</table:table>
<table:table table:name="Пусто"><table:table-row><table:table-cell/></table:table-row></table:table>
<table:table table:name="Черновик" table:style-name="gone"><table:table-row>{cell("тайна")}</table:table-row></table:table>
<table:table table:name="Қосымша"><table:table-row>{cell("а")}{cell("б")}</table:table-row></table:table>
</office:spreadsheet></office:body></office:document>'''
open("plan.fods", "w").write(doc)
with tempfile.TemporaryDirectory() as profile:
    def convert(to, name):
        subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", to, "--outdir", profile + "/out", "plan.fods"], check=True, timeout=120)
        open(name, "wb").write(open(profile + "/out/plan." + to.split(":")[0], "rb").read())
    convert("xlsx:Calc MS Excel 2007 XML", "plan.xlsx")
    convert("xls:MS Excel 97", "plan.xls")
