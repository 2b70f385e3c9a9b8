package rtf

import (
	"slices"

	"github.com/qulaq-kz/qulaq/transform/story"
)

// away are the destinations that are passed over with all that is in them. So is every other whose first word is \*,
// unless it stands in through or to.
var away = map[string]bool{
	"colortbl": true, "stylesheet": true, "listtable": true, "listoverridetable": true, "revtbl": true, "rsidtbl": true,
	"header": true, "headerl": true, "headerr": true, "headerf": true, "footer": true, "footerl": true, "footerr": true, "footerf": true,
	"footnote": true, "annotation": true, "atnid": true, "atnauthor": true, "fldinst": true, "xe": true, "tc": true, "tcn": true,
	"bkmkstart": true, "bkmkend": true, "objdata": true, "objclass": true, "objname": true, "filetbl": true, "template": true,
	"nonesttables": true, "nonshppict": true, "shprslt": true, "sp": true, "themedata": true, "ftnsep": true, "ftnsepc": true,
	"aftnsep": true, "aftnsepc": true, "ftncn": true, "aftncn": true, "generator": true, "private": true, "datafield": true, "formfield": true,
	"pnseclvl": true, "picprop": true, "blipuid": true,
}

// to are the destinations whose text goes somewhere else.
var to = map[string]destination{
	"fonttbl": fontTable, "info": information, "title": titleText, "listtext": labelText, "pntext": labelText,
	"nesttableprops": nestedRow, "pict": pictureData,
}

// through are destinations that readers may pass over, and this one does not.
var through = []string{"shppict", "shpinst", "shptxt", "do", "dptxbxtext", "txe", "hl", "htmltag"}

// signs are control words and symbols that stand for characters.
var signs = map[string]string{
	"tab": " ", "emspace": " ", "enspace": " ", "qmspace": " ", "~": " ", "_": "-", "emdash": "—", "endash": "–", "bullet": "•",
	"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "\\": "\\", "{": "{", "}": "}", "line": story.LineBreak, "page": story.LineBreak,
	"column": story.LineBreak, "lbr": story.LineBreak,
}

func (r *reader) word(t token) {
	g := r.top()
	fresh, star := g.fresh, g.star
	g.fresh = false
	if t.name == "*" {
		g.star, g.fresh = fresh, fresh
		return
	}
	if fresh && r.destination(g, t.name, star) {
		return
	}
	if g.to == nowhere || g.to == information {
		return
	}
	if sign, ok := signs[t.name]; ok {
		r.text(sign)
		return
	}
	switch t.name {
	case "u":
		r.number(t.number)
	case "uc":
		g.uc = min(max(t.number, 0), 16)
	case "f":
		if g.font = t.number; g.to == fontTable {
			r.font = t.number
		}
	case "fcharset":
		if g.to == fontTable {
			r.describe(charsets[t.number])
		}
	case "cpg":
		if g.to == fontTable {
			r.describe(t.number)
		}
	case "ansicpg":
		r.codePage = t.number
	case "mac":
		r.codePage = 10007
	case "pc", "pca":
		r.codePage = 866
	case "deff":
		r.usual, g.font = t.number, t.number
	case "plain":
		g.font, g.hidden, g.gone = r.usual, false, false
	case "v":
		g.hidden = !t.told || t.number != 0
	case "deleted":
		g.gone = !t.told || t.number != 0
	case "picwgoal":
		r.picture.width = t.number
	case "pichgoal":
		r.picture.height = t.number
	case "picscalex":
		r.picture.scaleX = t.number
	case "picscaley":
		r.picture.scaleY = t.number
	default:
		if g.to == body || g.to == nestedRow {
			r.structure(g, t)
		}
	}
}

// destination says where the text of a group goes whose first word this is. It reports whether the word was one that
// names a destination.
func (r *reader) destination(g *group, name string, star bool) bool {
	if g.to == nowhere && name != "title" && name != "ud" {
		return true
	}
	if where, ok := to[name]; ok && (g.to == body || g.to == nestedRow || g.to == nowhere || where == nestedRow) {
		if name == "title" && (len(r.groups) < 2 || r.groups[len(r.groups)-2].to != information) {
			g.to = nowhere
			return true
		}
		if g.to = where; where == labelText {
			r.label = r.label[:0]
		}
		if where == pictureData {
			r.picture = picture{scaleX: 100, scaleY: 100}
		}
		return true
	}
	if n := len(r.groups) - 3; name == "ud" && n >= 0 && r.groups[n].to == information {
		g.to = information // the same in Unicode, inside \upr
		return true
	}
	switch {
	case name == "object":
		if g.to == body && !g.hidden && !g.gone {
			r.doc.Unread++ // its picture shows a part of it at most
		}
		g.to = nowhere
	case name == "shptxt" || name == "dptxbxtext":
		if g.to == body && !g.hidden && !g.gone && len(r.stories) < story.MaxDepth {
			r.stories = append(r.stories, story.New())
			g.inRow, g.depth = false, 0
		} else {
			g.to = nowhere
		}
	case away[name], star && !slices.Contains(through, name):
		g.to = nowhere
	default:
		return slices.Contains(through, name)
	}
	return true
}

// structure follows the words of which paragraphs and tables are made.
func (r *reader) structure(g *group, t token) {
	s := r.story()
	row := &r.row
	if g.to == nestedRow {
		row = &r.nested
	}
	switch t.name {
	case "par", "sect":
		if g.to == body {
			r.elements--
			s.Paragraph(g.tables())
		}
	case "pard":
		g.inRow, g.depth = false, 0
	case "intbl":
		g.inRow = true
	case "itap":
		g.depth = t.number
	case "cell":
		r.elements -= 2
		s.Cell(1)
	case "nestcell":
		r.elements -= 2
		s.Cell(max(2, g.tables()))
	case "row":
		r.elements -= 1 + len(r.row.Ends) // many rows may share the ends that one long list names
		s.Row(1, r.row.Definition)
	case "nestrow":
		r.elements -= 1 + len(r.nested.Ends)
		s.Row(max(2, g.tables()), r.nested.Definition)
	case "trowd":
		*row = rowState{}
	case "trleft":
		row.Left = t.number
	case "clmrg":
		row.next.Left = true
	case "clvmgf":
		row.next.Top = true
	case "clvmrg":
		row.next.Above = true
	case "cellx":
		row.next.Right = t.number
		row.Ends = append(row.Ends, row.next)
		row.next = story.End{}
	}
}
