package main

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"strings"
)

// control puts a content control of a template around a row, a cell or a paragraph.
func (d *docxFile) control(here bool, s string) string {
	if !d.controls || !here {
		return s
	}
	return `<w:sdt><w:sdtPr><w:alias w:val="Поле формы"/><w:tag w:val="f"/><w:placeholder><w:docPart w:val="DefaultPlaceholder"/></w:placeholder></w:sdtPr><w:sdtContent>` + s + `</w:sdtContent></w:sdt>`
}

const emuPerCm = 360000

// textBox puts content into a text box, written twice as Word does: a shape for programs that know shapes,
// VML for those that do not. Left, width and height are in centimetres.
func (d *docxFile) textBox(content string, left, width, height float64) {
	d.change++
	cx, cy := int(width*emuPerCm), int(height*emuPerCm)
	fmt.Fprintf(&d.body, `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="45720" distB="45720" distL="114300" distR="114300" simplePos="0" relativeHeight="%d" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>%d</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="%d" cy="%d"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/><wp:docPr id="%d" name="Надпись %d"/><wp:cNvGraphicFramePr/>`,
		251659264+d.change, int(left*emuPerCm), cx, cy, d.change, d.change)
	fmt.Fprintf(&d.body, `<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></wps:spPr><wps:txbx><w:txbxContent>%s</w:txbxContent></wps:txbx><wps:bodyPr rot="0" vert="horz" wrap="square" anchor="t"/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>`,
		cx, cy, content)
	fmt.Fprintf(&d.body, `<mc:Fallback><w:pict><v:shape id="box%d" type="#_x0000_t202" style="position:absolute;margin-left:%.0fpt;width:%.0fpt;height:%.0fpt"><v:textbox><w:txbxContent>%s</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
		d.change, left*28.35, width*28.35, height*28.35, content)
}

// boxed writes the blocks with everything but the first table in text boxes.
func (d *docxFile) boxed(bs []block) {
	tables := 0
	for _, b := range bs {
		switch {
		case b.rows != nil && tables > 0:
			d.textBox(d.table(b), 0, 19.4, 8)
		case b.rows != nil:
			tables++
			d.body.WriteString(d.table(b))
		case tables == 0 && b.align == 'R':
			inner := strings.ReplaceAll(d.paragraph(b.align, b.text), `<w:ind w:left="5103"/>`, "")
			d.textBox(inner, 9, 8, 2.6)
		case tables == 0:
			d.textBox(d.paragraph(b.align, b.text), 0, 17, 2.6)
		default:
			d.body.WriteString(d.paragraph(b.align, b.text))
		}
	}
}

// picture puts a JPEG of a page into the text, as wide as the page allows.
func (d *docxFile) picture(data []byte) error {
	c, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return err
	}
	d.media = append(d.media, data)
	d.rels = append(d.rels, fmt.Sprintf(`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image%d.jpeg"`, len(d.media)))
	cx := 17 * emuPerCm
	cy := cx * c.Height / c.Width
	n := len(d.media)
	fmt.Fprintf(&d.body, `<w:p><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="Рисунок %d"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="scan%04d.jpg"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
		cx, cy, n, n, n, n, 9+len(d.rels), cx, cy)
	return nil
}
