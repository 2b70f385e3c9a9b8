package xlsx

import "strings"

// maxBoxes is how many lines are read of the text boxes of a sheet.
const maxBoxes = 1000

// drawings reads the text boxes that lie on a sheet, a line for each paragraph, and counts the pictures.
func (d *document) drawings(part string) (boxes []string, pictures int, err error) {
	beside, err := relations(d.zip, part)
	if err != nil {
		return nil, 0, err
	}
	for _, r := range beside {
		if r.kind != "drawing" || !d.zip.Has(r.target) {
			continue
		}
		var text []byte
		end := func() {
			if line := strings.Join(strings.Fields(string(text)), " "); line != "" && len(boxes) < maxBoxes {
				boxes = append(boxes, line)
			}
			text = text[:0]
		}
		err = walk(d.zip, r.target, func(s *scanner) (err error) {
			switch string(s.name) {
			case "pic":
				pictures++
			case "p":
				end()
			case "br":
				text = append(text, ' ')
			case "t":
				text, err = s.content(text, maxTitle)
			}
			return err
		})
		end()
		if err != nil {
			break
		}
	}
	return boxes, pictures, err
}
