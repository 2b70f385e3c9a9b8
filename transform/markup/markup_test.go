package markup

import (
	"errors"
	"testing"

	"github.com/qulaq-kz/qulaq/transform/table"
)

func TestScanner(t *testing.T) {
	for _, bad := range []string{
		"", "x", "<a>", "<a", "</a>", "<a></b>", "<a/><b/>", "<a/>x", "x<a/>", "<!DOCTYPE a><a/>", "<a>&</a>", "<a>&amp</a>", "<a>&nbsp;</a>",
		"<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&#99999999999;</a>", "< a/>", "<a><![CDATA[x</a>", "<a><!-- </a>", "<?a", "<a b='>", "<![CDATA[x]]><a/>", "\xff\xfe<\x00a\x00",
	} {
		x := New([]byte(bad), 100)
		var err error
		for kind := Characters; kind != End && err == nil; {
			kind, err = x.Next()
		}
		if !errors.Is(err, table.ErrDamaged) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	x := New([]byte("\xef\xbb\xbf<?xml version='1.0'?><!-- a --> <n:a b = 'x&gt;>' m:c=\"y'\" d=e f='&x;'><b/></n:a > "), 100)
	if kind, err := x.Next(); kind != ElementStart || err != nil || string(x.Name) != "a" {
		t.Fatal(kind, err)
	}
	for name, want := range map[string]string{"b": "x>>", "c": "y'", "d": "", "e": "", "f": ""} {
		if got := x.Attribute(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	for _, want := range []Token{ElementStart, ElementEnd, ElementEnd, End} {
		if kind, err := x.Next(); kind != want || err != nil {
			t.Errorf("%v, %v; want %v", kind, err, want)
		}
	}
}

func TestMixed(t *testing.T) {
	x := New([]byte("<a>1<b>x</b>2<c/><d><e>y</e></d>3</a>"), 10)
	if _, err := x.Next(); err != nil {
		t.Fatal(err)
	}
	got := ""
	err := x.Mixed(func() error { got += "<" + string(x.Name) + ">"; return nil }, func(text []byte) { got += string(text) })
	if kind, end := x.Next(); got != "1<b>2<c><d>3" || err != nil || kind != End || end != nil {
		t.Errorf("%q, %v, %v, %v", got, err, kind, end)
	}
}

func FuzzScanner(f *testing.F) {
	f.Add([]byte("<?xml version='1.0'?><a:b c='&amp;d'>e<![CDATA[f]]><!-- g --><h/></a:b>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		x := New(data, 20)
		for n := 0; ; n++ {
			kind, err := x.Next()
			if err != nil || kind == End {
				return
			}
			x.Attribute("c")
			if n > 2*len(data) {
				t.Fatal("it does not end")
			}
		}
	})
}
