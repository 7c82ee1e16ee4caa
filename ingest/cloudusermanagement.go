package ingest

// userManagement is the sheet of users that the app User Management of
// resolution writes: several rows for a user, one for each product and one for
// each group. Product activity is blank in the rows of groups, which then says
// nothing, so it is read only where a row names product and site.
var userManagement = format{
	id:       "user-management",
	title:    "User Management export",
	required: []string{"account_id", "status", "last_active_(organization)|last_active_(organisation)"},
	optional: []string{"display_name", "email", "last_active_(product)", "record_type", "product", "site", "site_url", "group", "group_name"},
	users:    true,
	read: func(s *sheet) {
		l := &userLayout{
			id: s.column("account_id"), name: s.column("display_name"), email: s.column("email"), status: s.column("status"), added: -1,
			evidence: []evidenceLayout{{name: accountWide, seen: s.existing("last_active_(organization)|last_active_(organisation)"), disabled: true}},
			listKind: listKind{beside: true},
		}
		s.productRows(l, s.column("product"), s.column("site|site_url"), s.column("last_active_(product)"))
		s.readUsers(l)
	},
}
