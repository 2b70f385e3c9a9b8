// Package site reads listings of publications from sites that are not gov.kz, as a profile describes them:
// where they begin, what an entry is, where its title, date and files stand, how to turn the page. What is
// read is what the HTML holds; a page that a program in the browser must fill is none for it.
//
// Where to look:
//
//	profile.go   Profile: the description of a site, from YAML
//	client.go    Client: Look at a listing, Detail of an entry, File of an entry, and what the archive has of them
//	page.go      one page of HTML to entries
//
// Outcomes are those of package listing. A page that has fewer or more entries than the profile expects has
// changed its shape: a selector that finds nothing must not look like an akimat that publishes nothing.
package site
