// Package govkz reads what akimats publish on the platform gov.kz. Its pages are a program without content,
// so its API is asked: a listing of documents with their whole texts, page after page. Every answer goes into
// the archive before it is read, and is read from there, so that replaying needs no network.
//
// Where to look:
//
//	client.go      Client: Look at the listing of an akimat, File of an entry
//	numbering.go   whether pages are counted from 0 or from 1
//	entries.go     Entries: one archived page to entries; when the shape of a page has changed
//	card.go        one element of a page to an entry
//	array.go       a long JSON array, one element at a time
//	graphql.go     Organisations and Verify: which slugs exist
//	sources.go     the akimats; sources.yaml is the built-in list
//
// What is known of the API comes from public programs that use it, in 2026:
//
//   - GET /api/v1/public/content-manager/documents?projects=SLUG&page=N&size=100&sort-by=created_date:DESC
//     answers a bare JSON array; Accept-Language chooses ru, kk or en. The plain slug is what the programs
//     that read documents send; eq:SLUG is taken as well, and contains:SLUG would add the districts.
//   - created_date=gt:TIME filters. gte: is answered with HTTP 500, so it is never sent.
//   - The end is an empty array. A page may be shorter than was asked for, so it is not the end.
//   - documents/ID may answer an empty object, so files are those that the listing names.
//   - The listing of news refuses programs; it is not asked for.
//   - Its robots.txt was not seen. One who read it reports that it keeps programs out of the search, of
//     /uploads and of some services. Where /uploads is among them, File is refused (fetch.ErrRobots) until the
//     platform's keeper gives leave, and only plans that stand in the body of an entry can be read.
package govkz
