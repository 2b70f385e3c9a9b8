package main

import (
	"archive/zip"
	"bytes"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
)

// builder makes the document of a paper.
type builder func(p *paper, o *office) ([]byte, error)

// builders says for every paper, named like its text, how it is made.
var builders = map[string]builder{
	"docx_tracked":   byHand(dress{landscape: true, halfPts: 22}),
	"docx_textboxes": boxes,
	"docx_nested":    byHand(dress{landscape: true, halfPts: 22}),
	"docx_sdt":       byHand(dress{landscape: true, halfPts: 20, controls: true, header: "Форма 3 (к плану на 2023 год)", numbered: true}),
	"docx_merge":     byHand(dress{landscape: true, halfPts: 22}),
	"docx_numbered":  byHand(dress{}),
	"docx_parted":    byHand(dress{landscape: true, halfPts: 22, repeat: true, numbered: true}),
	"docx_progress":  byHand(dress{landscape: true, halfPts: 20, repeat: true}),
	"docx_long":      byHand(dress{landscape: true, halfPts: 24, repeat: true, numbered: true}),
	"docx_quarters":  byHand(dress{landscape: true, halfPts: 22}),
	"docx_minutes":   byHand(dress{}),
	"docx_lo":        through(byHand(dress{landscape: true, repeat: true}), "docx", "docx"),
	"docx_pictures":  pictures,

	"pdf_portrait":  through(byHand(dress{numbered: true}), "docx", "pdf"),
	"pdf_landscape": through(byHand(dress{landscape: true, repeat: true, numbered: true, whole: true, header: "ВКО, встречи с населением, 2 полугодие 2022 г."}), "docx", "pdf"),
	"pdf_norules":   through(byHand(dress{unruled: true, font: "Arial", halfPts: 21}), "docx", "pdf"),
	"pdf_norepeat":  through(byHand(dress{font: "Arial", halfPts: 23, numbered: true}), "docx", "pdf"),
	"pdf_narrow":    through(byHand(dress{hyphens: true, narrow: true, halfPts: 18}), "docx", "pdf"),
	"pdf_merged":    through(byHand(dress{landscape: true, halfPts: 22, repeat: true}), "docx", "pdf"),
	"pdf_calc":      through(sheets(workbook{}), "xlsx", "pdf"),
	"pdf_chromium":  chromium,
	"scan_turned":   scanned(dress{halfPts: 34}, spoil{degrees: 0.5, noise: 4, specks: 300, quality: 22}),
	"scan_kazakh":   scanned(dress{halfPts: 26}, spoil{degrees: -0.8, noise: 3, specks: 100, shade: 45, quality: 15}),
	"scan_rotated":  onItsSide,
	"scan_ocr":      recognised(dress{halfPts: 26}, spoil{degrees: 0.25, noise: 10, specks: 900, shade: 20, quality: 18}),
	"scan_ocr_kk":   recognised(dress{landscape: true, halfPts: 28, font: "Arial"}, spoil{degrees: -0.2, noise: 8, specks: 500, quality: 18}),

	"xlsx_themes":  sheets(workbook{top: 1}),
	"xlsx_sheets":  sheets(workbook{top: 2, secret: []int{3}}),
	"xlsx_odd":     sheets(workbook{hidden: map[int]bool{4: true}}),
	"xls_lo":       through(sheets(workbook{}), "xlsx", "xls"),
	"xls_district": through(sheets(workbook{top: 1}), "xlsx", "xls"),

	"html_govkz":       asHTML(page{entities: true, heading: "h3", attrs: ` border="1" cellpadding="0" cellspacing="0" style="width:100%"`}, nil),
	"html_word":        wordHTML,
	"html_broken":      asHTML(page{broken: true, attrs: ` border=1 width=100%`}, nil),
	"html_cp1251":      asHTML(page{style: "td{border:1px solid}", charset: "windows-1251", heading: "h1", repeat: true}, charmap.Windows1251),
	"html_cp1251_bare": asHTML(page{attrs: ` class="MsoTableGrid"`}, charmap.Windows1251),

	"zip_two_docx":    archive(charmap.CodePage866),
	"zip_pdf_picture": archive(nil),
	"wrongext_html":   through(byHand(dress{}), "docx", "html"),
	"wrongext_pdf":    through(byHand(dress{landscape: true}), "docx", "pdf"),
	"locked_pdf": through(byHand(dress{}), "docx",
		`pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"b7-Zhol"}}`),
	"locked_docx": locked,

	"no_corruption":  byHand(dress{}),
	"no_development": through(byHand(dress{}), "docx", "pdf"),
	"no_procurement": sheets(workbook{}),
	"no_calendar":    byHand(dress{}),
	"no_report":      asHTML(page{entities: true, attrs: ` border="1"`}, nil),
	"no_poslanie":    byHand(dress{landscape: true, halfPts: 22, repeat: true}),
	"no_complex":     through(byHand(dress{landscape: true}), "docx", "pdf"),
	"no_minutes":     byHand(dress{}),
	"no_employment":  sheets(workbook{top: 1}),
	"no_council":     byHand(dress{landscape: true}),
	"no_kazakh_plan": through(byHand(dress{landscape: true}), "docx", "docx"),
	"no_akim_report": byHand(dress{}),
	"no_kk_schedule": asHTML(page{heading: "h2", attrs: ` class="table"`}, nil),
	"no_appeals":     byHand(dress{}),
	"no_road_works":  sheets(workbook{top: 3}),
	"no_news":        asHTML(page{entities: true}, nil),
	"no_letter":      scanned(dress{halfPts: 28}, spoil{degrees: 0.3, noise: 4, specks: 200, quality: 20}),
}

func blocksOf(p *paper) []block {
	var all []block
	for _, part := range p.parts {
		all = append(all, part.blocks...)
	}
	return all
}

func byHand(dr dress) builder {
	return func(p *paper, _ *office) ([]byte, error) {
		d := docxFile{dress: dr, title: "Документ Microsoft Word"}
		d.blocks(blocksOf(p))
		return d.bytes()
	}
}

func boxes(p *paper, _ *office) ([]byte, error) {
	d := docxFile{}
	d.halfPts, d.narrow = 20, true
	d.boxed(blocksOf(p))
	return d.bytes()
}

// through lets LibreOffice save what another builder made.
func through(b builder, from, to string) builder {
	return func(p *paper, o *office) ([]byte, error) {
		data, err := b(p, o)
		if err != nil {
			return nil, err
		}
		return o.convert(data, from, to)
	}
}

// photographed returns the pages of a paper as a scanner sees them.
func photographed(p *paper, o *office, dr dress, sp spoil) ([][]byte, error) {
	pdf, err := through(byHand(dr), "docx", "pdf")(p, o)
	if err != nil {
		return nil, err
	}
	pngs, err := o.pages(pdf, scanDPI)
	if err != nil {
		return nil, err
	}
	var out [][]byte
	for i, png := range pngs {
		jpg, err := scan(png, sp, uint64(i+1))
		if err != nil {
			return nil, err
		}
		out = append(out, jpg)
	}
	return out, nil
}

const scanDPI = 150

func scanned(dr dress, sp spoil) builder {
	return func(p *paper, o *office) ([]byte, error) {
		jpgs, err := photographed(p, o, dr, sp)
		if err != nil {
			return nil, err
		}
		return picturePDF(jpgs, scanDPI, 0)
	}
}

// onItsSide scans a landscape page upright, so that its lines run upwards, and lets the PDF turn it back.
func onItsSide(p *paper, o *office) ([]byte, error) {
	jpgs, err := photographed(p, o, dress{landscape: true}, spoil{degrees: 0.3, noise: 3, specks: 100, quality: 25, side: true})
	if err != nil {
		return nil, err
	}
	return picturePDF(jpgs, scanDPI, 90)
}

func recognised(dr dress, sp spoil) builder {
	return func(p *paper, o *office) ([]byte, error) {
		jpgs, err := photographed(p, o, dr, sp)
		if err != nil {
			return nil, err
		}
		return o.recognise(jpgs, scanDPI)
	}
}

func pictures(p *paper, o *office) ([]byte, error) {
	jpgs, err := photographed(p, o, dress{halfPts: 26}, spoil{degrees: 0.2, noise: 3, specks: 50, quality: 25})
	if err != nil {
		return nil, err
	}
	d := docxFile{}
	for _, jpg := range jpgs {
		if err := d.picture(jpg); err != nil {
			return nil, err
		}
	}
	return d.bytes()
}

func sheets(wb workbook) builder {
	return func(p *paper, _ *office) ([]byte, error) {
		wb := wb
		return wb.bytes(p.parts)
	}
}

// asHTML writes a page, in another encoding when one is given.
func asHTML(pg page, enc *charmap.Charmap) builder {
	return func(p *paper, _ *office) ([]byte, error) {
		s := pg.render(blocksOf(p))
		if enc == nil {
			return []byte(s), nil
		}
		return enc.NewEncoder().Bytes([]byte(s))
	}
}

// wordHTML dresses an HTML page as Word does when it saves one.
func wordHTML(p *paper, _ *office) ([]byte, error) {
	s := page{style: "p.MsoNormal{margin:0cm;font-size:11.0pt}", charset: "utf-8", attrs: ` class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'`}.render(blocksOf(p))
	s = strings.ReplaceAll(s, "<td", "<td width=113 valign=top style='width:3.0cm;padding:0cm 5.4pt'")
	s = regexp.MustCompile(`>([^<>\n]+)</td>`).ReplaceAllString(s,
		"><p class=MsoNormal style='line-height:normal'><span\n lang=KZ style='font-size:10.0pt;mso-ansi-language:KZ'><span class=SpellE>$1</span><o:p></o:p></span></p></td>")
	s = strings.Replace(s, "<head>", "<head><!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->", 1)
	s = strings.Replace(s, "<body>", "<body lang=RU><div class=WordSection1><![if !supportMisalignedColumns]><![endif]>", 1)
	return []byte(s), nil
}

func chromium(p *paper, o *office) ([]byte, error) {
	pg := page{charset: "utf-8", heading: "h1", repeat: true, style: `
		@page { size: A4; margin: 15mm } body { font: 17px/1.6 "Liberation Sans", sans-serif } h1 { font-size: 22px }
		table { border-collapse: collapse; width: 100% } td, th { border: 1px solid #b8c2cc; padding: 14px; vertical-align: top }
		th { background: #1d4f91; color: #fff } tr:nth-child(even) { background: #f3f6f9 } td[colspan] { font-weight: bold; text-align: center }`}
	return o.chromium(pg.render(blocksOf(p)))
}

// archive packs every part as a member, made after its extension; names are written in enc when it is given,
// as archivers of Windows do.
func archive(enc *charmap.Charmap) builder {
	return func(p *paper, o *office) ([]byte, error) {
		var buf bytes.Buffer
		z := zip.NewWriter(&buf)
		for _, member := range p.parts {
			one := &paper{parts: []part{member}}
			var data []byte
			var err error
			switch path.Ext(member.name) {
			case ".docx":
				data, err = byHand(dress{})(one, o)
			case ".pdf":
				data, err = through(byHand(dress{landscape: true}), "docx", "pdf")(one, o)
			default:
				var jpgs [][]byte
				jpgs, err = photographed(one, o, dress{halfPts: 28}, spoil{degrees: -1.5, noise: 5, shade: 60, quality: 20})
				if err == nil {
					data = jpgs[0]
				}
			}
			if err != nil {
				return nil, err
			}
			h := &zip.FileHeader{Name: member.name, Method: zip.Deflate, Modified: time.Date(2023, 1, 20, 12, 0, 0, 0, time.UTC)}
			if enc != nil {
				h.Name, h.NonUTF8 = encoded(member.name, enc), true
			}
			w, err := z.CreateHeader(h)
			if err != nil {
				return nil, err
			}
			if _, err := w.Write(data); err != nil {
				return nil, err
			}
		}
		err := z.Close()
		return buf.Bytes(), err
	}
}

func encoded(s string, enc *charmap.Charmap) string {
	var b strings.Builder
	for _, r := range s {
		if c, ok := enc.EncodeRune(r); ok {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func locked(p *paper, o *office) ([]byte, error) {
	data, err := byHand(dress{})(p, o)
	if err != nil {
		return nil, err
	}
	return excelize.Encrypt(data, &excelize.Options{Password: "b7-Zhol"})
}
