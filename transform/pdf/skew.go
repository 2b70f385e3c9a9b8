package pdf

import "math"

const (
	mostSkew   = 3.5     // degrees that a page lies askew on a scanner at most
	leastSkew  = 0.08    // degrees that harm nobody
	mostDots   = 100_000 // of ink that are looked at
	paperShade = 0.5     // where between black and white the paper's shade is looked for
)

// level makes the paper white and the ink black, and turns a picture that lies askew.
func (p *picture) level() {
	p.stretch()
	if angle := p.skew(); math.Abs(angle) > leastSkew {
		p.turn(-angle)
	}
}

// stretch spreads the shades so that the commonest light one, the paper, becomes white and the darkest black.
func (p *picture) stretch() {
	var count [256]int
	for _, g := range p.gray {
		count[g]++
	}
	paper := 255
	for g := int(256 * paperShade); g < 256; g++ {
		if count[g] > count[paper] {
			paper = g
		}
	}
	ink, seen := 0, 0
	for seen += count[0]; seen < len(p.gray)/500 && ink < paper/2; seen += count[ink] {
		ink++
	}
	var shade [256]byte
	for g := range shade {
		shade[g] = byte(max(0, min(255, (g-ink)*255/max(1, paper-ink))))
	}
	for i, g := range p.gray {
		p.gray[i] = shade[g]
	}
}

// skew returns by how many degrees lines of text and ruling lines fall to the right. At the right angle the ink lies in
// few rows, with empty ones between.
func (p *picture) skew() float64 {
	var xs, ys []float64
	every := max(1, p.ink(0, 0, p.width, p.height)/mostDots)
	n := 0
	for y := range p.height {
		for x, g := range p.gray[y*p.width : (y+1)*p.width] {
			if g >= dark {
				continue
			}
			if n++; n%every == 0 {
				xs, ys = append(xs, float64(x)), append(ys, float64(y))
			}
		}
	}
	rows := make([]int, p.height+2*p.width/8+2)
	sharp := func(degrees float64) float64 {
		clear(rows)
		slope := math.Tan(degrees * math.Pi / 180)
		for i, x := range xs {
			if r := int(ys[i]-slope*x) + p.width/8; r >= 0 && r < len(rows) {
				rows[r]++
			}
		}
		sum := 0.0
		for _, c := range rows {
			sum += float64(c) * float64(c)
		}
		return sum
	}
	best, most := 0.0, sharp(0)
	for _, step := range []float64{0.5, 0.1, 0.02} {
		middle, reach := best, step*5
		if step == 0.5 {
			reach = mostSkew
		}
		for d := middle - reach; d <= middle+reach; d += step {
			if s := sharp(d); s > most {
				best, most = d, s
			}
		}
	}
	return best
}

// turn turns a picture about its middle, by degrees clockwise as it is seen. Its size stays.
func (p *picture) turn(degrees float64) {
	sin, cos := math.Sincos(-degrees * math.Pi / 180)
	out := make([]byte, len(p.gray))
	mx, my := float64(p.width)/2, float64(p.height)/2
	for y := range p.height {
		dx, dy := -mx, float64(y)-my
		fx, fy := cos*dx-sin*dy+mx, sin*dx+cos*dy+my
		for x := range p.width {
			out[y*p.width+x] = p.between(fx, fy)
			fx, fy = fx+cos, fy+sin
		}
	}
	p.gray = out
}

// between returns the shade at a place between four dots; beside the picture is paper.
func (p *picture) between(x, y float64) byte {
	if x < 0 || y < 0 || x >= float64(p.width-1) || y >= float64(p.height-1) {
		return 255
	}
	i, j := int(x), int(y)
	a, b := x-float64(i), y-float64(j)
	at := p.gray[j*p.width+i:]
	top := float64(at[0])*(1-a) + float64(at[1])*a
	low := float64(at[p.width])*(1-a) + float64(at[p.width+1])*a
	return byte(top*(1-b) + low*b + 0.5)
}
