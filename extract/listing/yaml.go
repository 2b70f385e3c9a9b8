package listing

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
)

// ReadYAML reads an operator's file. An unknown key is an error that names its line. The parser panics on
// some files that are no YAML (a tag before a number, for one); here that is an error too.
func ReadYAML(text []byte, into any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the file cannot be read as YAML: %v", r)
		}
	}()
	if err := yaml.UnmarshalWithOptions(text, into, yaml.Strict()); err != nil {
		return errors.New(yaml.FormatError(err, false, false)) // without the excerpt of the file
	}
	return nil
}
