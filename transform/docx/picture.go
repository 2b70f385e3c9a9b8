package docx

import (
	"fmt"
	"path"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/markup"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Picture is a picture of a document: a file of any format, as the document has it.
type Picture struct {
	Name string // of the member: "word/media/image1.jpeg"
	Data []byte
}

// Pictures returns the pictures that Read counts as unread, in their order, for one who can recognise text.
// More than limits.Pages are too many. Pictures that stand outside of the file, and members that are missing,
// are left out. Errors are those of Read.
func Pictures(data []byte, object string, l table.Limits) ([]Picture, error) {
	l = l.Defaults()
	p, r, err := read(data, object, l)
	if err != nil {
		return nil, wrap(err, object)
	}
	if len(r.pictures) > l.Pages {
		return nil, wrap(fmt.Errorf("%w: more than %d pictures", table.ErrTooLarge, l.Pages), object)
	}
	targets := map[string]string{}
	err = p.each(p.folder+"/_rels/"+p.base+".rels", func(x *markup.Scanner) error {
		if x.Attribute("TargetMode") != "External" {
			targets[x.Attribute("Id")] = x.Attribute("Target")
		}
		return nil
	})
	if err != nil {
		return nil, wrap(err, object)
	}
	var all []Picture
	for _, id := range r.pictures {
		target := targets[id]
		if target == "" {
			continue
		}
		if !strings.HasPrefix(target, "/") {
			target = "/" + p.folder + "/" + target
		}
		name := path.Clean(target)[1:]
		data, err := p.part(name)
		if err != nil {
			return nil, wrap(err, object)
		}
		if data != nil {
			all = append(all, Picture{name, data})
		}
	}
	return all, nil
}
