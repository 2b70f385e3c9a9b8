package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
)

// spoil is what a scanner does to a page.
type spoil struct {
	degrees float64 // turned about the middle
	noise   float64 // deviation of a pixel's grey
	specks  int     // dark dots
	shade   float64 // how much darker the left edge is, of 255
	quality int     // of the JPEG
	side    bool    // the paper lay on its side: turned left by a right angle
}

// scan turns a PNG into the JPEG that a scanner would have made of it; the same seed makes the same picture.
func scan(data []byte, sp spoil, seed uint64) ([]byte, error) {
	src, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	rnd := rand.New(rand.NewPCG(seed, 17))
	sin, cos := math.Sincos(sp.degrees * math.Pi / 180)
	grey := func(x, y int) float64 {
		if x < 0 || y < 0 || x >= w || y >= h {
			return 250
		}
		return float64(color.GrayModel.Convert(src.At(b.Min.X+x, b.Min.Y+y)).(color.Gray).Y)
	}
	dst := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			dx, dy := float64(x-w/2), float64(y-h/2)
			fx, fy := cos*dx+sin*dy+float64(w/2), -sin*dx+cos*dy+float64(h/2)
			x0, y0 := int(math.Floor(fx)), int(math.Floor(fy))
			ax, ay := fx-float64(x0), fy-float64(y0)
			v := (grey(x0, y0)*(1-ax)+grey(x0+1, y0)*ax)*(1-ay) + (grey(x0, y0+1)*(1-ax)+grey(x0+1, y0+1)*ax)*ay
			v = 20 + v*0.9 + rnd.NormFloat64()*sp.noise - sp.shade*(1-float64(x)/float64(w))
			dst.SetGray(x, y, color.Gray{Y: uint8(max(0, min(255, v)))})
		}
	}
	for range sp.specks {
		x, y := rnd.IntN(w), rnd.IntN(h)
		dst.SetGray(x, y, color.Gray{Y: 40})
		dst.SetGray(x+1, y, color.Gray{Y: 60})
	}
	if sp.side {
		turned := image.NewGray(image.Rect(0, 0, h, w))
		for y := range h {
			for x := range w {
				turned.SetGray(y, w-1-x, dst.GrayAt(x, y))
			}
		}
		dst = turned
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, dst, &jpeg.Options{Quality: sp.quality})
	return out.Bytes(), err
}

// picturePDF puts JPEG pictures on pages of a PDF of their size at so many dots an inch; a
// viewer turns the pages right by so many degrees.
func picturePDF(pictures [][]byte, dpi, rotate int) ([]byte, error) {
	var out bytes.Buffer
	var offsets []int
	object := func(format string, args ...any) {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n", len(offsets))
		fmt.Fprintf(&out, format, args...)
		out.WriteString("\nendobj\n")
	}
	out.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	kids := ""
	for i := range pictures {
		kids += fmt.Sprintf("%d 0 R ", 3+3*i)
	}
	object("<< /Type /Pages /Kids [ %s] /Count %d >>", kids, len(pictures))
	for i, p := range pictures {
		c, err := jpeg.DecodeConfig(bytes.NewReader(p))
		if err != nil {
			return nil, err
		}
		w, h := float64(c.Width)*72/float64(dpi), float64(c.Height)*72/float64(dpi)
		draw := fmt.Sprintf("q %.2f 0 0 %.2f 0 0 cm /Im0 Do Q", w, h)
		object("<< /Type /Page /Parent 2 0 R /Rotate %d /MediaBox [0 0 %.2f %.2f] /Resources << /XObject << /Im0 %d 0 R >> >> /Contents %d 0 R >>", rotate, w, h, 5+3*i, 4+3*i)
		object("<< /Length %d >>\nstream\n%s\nendstream", len(draw), draw)
		object("<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream", c.Width, c.Height, len(p), p)
	}
	at := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, at)
	return out.Bytes(), nil
}
