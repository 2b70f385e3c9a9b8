package body

// Kind says what sort of body it is.
type Kind string

// The kinds.
const (
	Government  Kind = "government"  // the government, the president's and the prime minister's offices
	MinistryOf  Kind = "ministry"    // a ministry
	Agency      Kind = "agency"      // an agency of the president or government, the national bank
	Committee   Kind = "committee"   // a committee of a ministry
	Department  Kind = "department"  // a department of a central body, mostly of one region; also its инспекция, управление, отдел
	Akimat      Kind = "akimat"      // an akimat, or an akim
	Apparat     Kind = "apparat"     // the office of an akim
	Upravlenie  Kind = "upravlenie"  // управление, басқарма: the executive body of a region for one matter
	Otdel       Kind = "otdel"       // отдел, бөлім: the executive body of a district for one matter
	Maslikhat   Kind = "maslikhat"   // the elected council of a region or district
	Court       Kind = "court"       // a court
	Prosecutor  Kind = "prosecutor"  // a prosecutor's office
	Police      Kind = "police"      // the police at any level, the former bodies of internal affairs
	Bailiff     Kind = "bailiff"     // a bailiff, private or of the state, or a chamber of bailiffs
	Institution Kind = "institution" // a school, hospital, university, museum, any state institution that is no authority
	QuasiState  Kind = "quasi_state" // a company with a share of the state, a state enterprise
	Company     Kind = "company"     // any other company or entrepreneur
	Other       Kind = "other"       // something else, or not told
)

// Level says how much of the country a body is responsible for.
type Level string

// The levels.
const (
	Republic      Level = "republic" // the whole country
	RegionLevel   Level = "region"   // a region, or a city of republican significance
	DistrictLevel Level = "district" // a district, a town with its own administration, a city district
	Rural         Level = "rural"    // below the district: a rural district, a village, a settlement, a town of a district
	UnknownLevel  Level = "unknown"
)

// Scope says whose body it is.
type Scope string

// The scopes.
const (
	Central      Scope = "central" // of ministries and agencies, with their territorial bodies; courts and prosecutors
	Local        Scope = "local"   // of akimats and maslikhats
	UnknownScope Scope = "unknown"
)

var (
	kinds = []Kind{
		Government, MinistryOf, Agency, Committee, Department, Akimat, Apparat, Upravlenie, Otdel, Maslikhat,
		Court, Prosecutor, Police, Bailiff, Institution, QuasiState, Company, Other,
	}
	scopes = map[string]Scope{"central": Central, "local": Local, "-": UnknownScope}
	levels = map[string]Level{"republic": Republic, "-": UnknownLevel}
)

// verdict is what the words of a name decide.
type verdict struct {
	kind     Kind
	scope    Scope
	nameless bool // no word for a kind: the name is all there is
}

// isAuthority says whether the body is one of power. Only of such a body every place in its name is its own: a
// school may be called after a town, and so may a company.
func (v verdict) isAuthority() bool { return v.kind.isAuthority() }

func (k Kind) isAuthority() bool {
	switch k {
	case "", Institution, QuasiState, Company, Other:
		return false
	}
	return true
}

// isRank says whether a kind is a mere rank, borne by central and local bodies and inside companies, so that the
// matter or the superior decides.
func (k Kind) isRank() bool { return k == Department || k == Upravlenie || k == Otdel }

// verdict decides by the words, without the legal form.
func (n *reading) verdict() verdict {
	main := n.parts[0]
	switch {
	case main.head == nil && main.speaksOf(police):
		return verdict{kind: Police, scope: Central}
	case main.head == nil && main.speaksOf(company):
		return verdict{kind: QuasiState, scope: UnknownScope}
	case main.head == nil:
		return verdict{kind: Other, scope: n.superior(), nameless: true}
	case !main.head.kind.isRank():
		scope := main.head.scope
		if scope == UnknownScope && main.head.kind == Institution {
			scope = n.superior()
		}
		return verdict{kind: main.head.kind, scope: scope}
	case n.speaksOf(police):
		return verdict{kind: Police, scope: Central}
	case n.speaksOf(company):
		return verdict{kind: QuasiState, scope: UnknownScope}
	}
	v := verdict{kind: main.head.kind, scope: main.head.scope}
	if main.speaksOf(central) {
		v.scope = Central
	} else if scope := n.superior(); scope != UnknownScope {
		v.scope = scope
	}
	if v.scope == Central {
		v.kind = Department
	}
	return v
}

// superior returns the scope of the nearest superior body that has one, or unknown. A department, управление or
// отдел among them is central where its matter is.
func (n *reading) superior() Scope {
	for _, p := range n.parts[1:] {
		switch {
		case p.head.kind.isRank() && p.speaksOf(central):
			return Central
		case p.head.scope == UnknownScope:
		case p.head.kind.isRank() && p.head.part:
		default:
			return p.head.scope
		}
	}
	return UnknownScope
}

// with adds what the legal form says. It decides alone where no word says the kind; it makes a company of what
// only bears the name of an authority, and a central body of an управление that is a republican institution.
func (v verdict) with(f legalForm) verdict {
	private := f.kind == Company || f.kind == QuasiState
	switch {
	case v.nameless:
		if f.kind != "" {
			v.kind = f.kind
		}
	case private && v.isAuthority() && v.kind != Bailiff:
		return verdict{kind: f.kind, scope: f.scope}
	case f.scope == Central && v.kind.isRank():
		v.kind, v.scope = Department, Central
	}
	if v.scope == UnknownScope {
		v.scope = f.scope
	}
	return v
}
