package ingest

import (
	"slices"
	"strings"

	"tierline/ingest/answers"
	"tierline/ingest/exports"
	"tierline/ingest/records"
	"tierline/ingest/sheet"
	"tierline/ingest/users"
)

// The one list of what Tierline reads. A file is recognised by its columns
// (tables) or by its keys (JSON), never by its name; README has the same list
// in words, and a test compares the two.

// externalUsers is the id of the export that names a part of whom Guard bills.
const externalUsers = "external-users"

// format is a kind of table and who reads it: one of the two.
type format struct {
	sheet.Format
	layout func(*sheet.Sheet) *users.Layout    // of a list of users, for ingest/users
	read   func(*records.Tables, *sheet.Sheet) // of a table of ours
	most   int                                 // rows of a table of ours; 0 stands for usualRows
}

// usualRows is how many rows a table of ours may have (METHOD 16.5). Tables of
// people, and daily counts, may have more; subscriptions, each of which is weighed
// against the others, fewer.
const usualRows = 100_000

// Columns that people and programs name in many ways.
const (
	dcLogin = "last_login_millis|lastloginmillis|login.lastloginmillis|lastlogin|last_login|jiralastlogin|successdate"
	dcAuth  = "last_authenticated_millis|lastauthenticatedmillis|lastauth|last_auth|last_authenticated|lastauthenticated|" +
		"last_authentication_timestamp|lastauthenticationtimestamp"
	managedActivity  = "last_active_date_[utc]|last_active_date|last_active_[utc]|last_active"
	externalActivity = "last_active_time|last_active_date|last_active_date_[utc]|last_active_[utc]|last_active"
	guardBillable    = "billable_for_atlassian_guard_standard|billable_for_atlassian_guard_premium|billable_for_atlassian_guard|" +
		"billable_for_atlassian_access"
	anybody       = "account_id|accountid|atlassian_id|user_id|aaid|email|email_address|user_email|mail"
	anybodyElse   = "user_name, username, name, display_name, displayname, full_name, user_status, status, group, group_name, site, product, reason"
	cleanUpAction = "action|action_taken|clean_up_action|cleanup_action|operation"
	cleanUpResult = "result|outcome|action_result|action_status"
	cleanUpDay    = "removed_on|deactivated_on|executed_on|processed_on|done_on|action_date|date|timestamp"
	idleDays      = "days_inactive|inactive_days|idle_days|days_idle|days_since_last_login|days_since_last_activity|days_since_last_active|" +
		"days_since_last_seen|days_since_last_access|inactive_since"
	idleSince     = "last_seen|last_login|last_active|last_activity|last_access"
	entraSignIn   = "signinactivity.lastsignindatetime|signinactivity_lastsignindatetime|lastsignindatetime|last_sign_in_date_time|lastsignin"
	entraByClient = "signinactivity.lastnoninteractivesignindatetime|signinactivity_lastnoninteractivesignindatetime|" +
		"lastnoninteractivesignindatetime|last_non_interactive_sign_in_date_time"
)

// userLists are the exports that name accounts.
func userLists() []format {
	list := slices.Concat(cloudLists(), otherLists())
	for i := range list {
		list[i].Users = true
	}
	return list
}

// cloudLists are those of Atlassian's Cloud.
func cloudLists() []format {
	return []format{
		{layout: exports.Organisation, Format: sheet.Format{ID: "org-users", Title: "organisation user export",
			Required: columns("user_id, user_status"),
			Optional: columns("user_name, email, added_to_org, org_role, group_id, group_name, group_membership"),
			Written:  columns("User id, User name, email, User status, Added to org, Org role, Group id, Group name"),
			Dynamic:  exports.IsProductColumn, Same: exports.SameProduct, Agree: exports.AgreeOnProduct}},
		{layout: exports.Site2015, Format: sheet.Format{ID: "users-g1", Title: "site user export of 2015 to 2019",
			Required: columns("group_name, username, full_name, active, last_login, last_session"),
			Optional: append(columns("email"), exports.OldProducts...)}},
		{layout: exports.Site2020, Format: sheet.Format{ID: "users-g2a", Title: "site user export of 2020",
			Required: columns("username, full_name, active, " + exports.LastActiveIn + "*"),
			Optional: append(columns("group_name, email, created"), exports.OldProducts...)}},
		{layout: exports.Site2021, Format: sheet.Format{ID: "users-g2b", Title: "site user export of 2020 to 2021",
			Required: columns("id, name, active, " + exports.LastSeenIn + "*"),
			Optional: append(columns("group_name, group_id, email, created"), exports.OldProducts...)}},
		{layout: exports.ManagedAccounts, Format: sheet.Format{ID: "managed-accounts", Title: "managed accounts",
			Required: columns("name, email, status"),
			OneOf:    append(columns("atlassian_id, "+managedActivity+", billable, policy_type"), exports.OldProducts...),
			Optional: columns("claimed, verified_email, policy_name, saml_single_sign_on, two_step_verification, " +
				"two_step_verification_(managed_account), password_requirements, idle_session_duration, confluence_guest, " +
				"jira_product_discovery, loom, feedback, compass")}},
		{layout: exports.ManagedAPI, Format: sheet.Format{ID: "managed-api", Title: "managed accounts of the admin API",
			Required: columns("account_id, account_type, account_status"),
			Optional: columns("name, email, access_billable, last_active, product_access_key, product_access_name, product_url, " +
				"product_access_last_active, picture")}},
		{layout: exports.ExternalUsers, Format: sheet.Format{ID: externalUsers, Title: "external users",
			Required: columns("email, atlassian_id, " + externalActivity),
			OneOf:    columns(guardBillable + ", user_access_to_products|product_access"),
			Optional: columns("user_name")}},
		{layout: exports.Bitbucket, Format: sheet.Format{ID: "bitbucket-users", Title: "user directory of a Bitbucket workspace",
			Required: columns("public_name, email_address, on_plan"),
			Optional: columns("last_login_(utc)|last_login, has_2sv")}},
		{layout: exports.CleanUp, Format: sheet.Format{ID: "clean-up", Title: "results of a clean-up", Telling: true,
			Required: columns(anybody + ", " + cleanUpAction),
			OneOf:    columns(cleanUpResult + ", " + cleanUpDay),
			Optional: columns(anybodyElse)}},
		{layout: exports.Inactive, Format: sheet.Format{ID: "inactive-users", Title: "list of inactive people",
			Required: columns(anybody + ", " + idleDays),
			Optional: columns(anybodyElse + ", " + idleSince)}},
		{layout: exports.UserManagement, Format: sheet.Format{ID: "user-management", Title: "User Management export",
			Required: columns("account_id, status, last_active_(organization)|last_active_(organisation)"),
			Optional: columns("display_name, email, last_active_(product), record_type, product, site, site_url, group, group_name")}},
	}
}

// otherLists are those of Data Center and of a company's own directories.
func otherLists() []format {
	return []format{
		{layout: exports.DataCenter, Format: sheet.Format{ID: "dc-users", Title: "Data Center users from the database",
			Required: columns("user_name|username|name|lower_user_name"),
			OneOf:    columns(dcLogin + ", " + dcAuth),
			Optional: columns("display_name|displayname|full_name|fullname, email_address|email, active, " +
				"directory_name|directory|directory_id, created_date|created, last_name, group_name")}},
		{layout: exports.TechTime, Format: sheet.Format{ID: "dc-techtime", Title: "TechTime User Management export",
			Required: columns("username, full_name, user_directory, last_login_date"),
			Optional: columns("email, status")}},
		{layout: exports.Google, Format: sheet.Format{ID: "google-users", Title: "Google Workspace users",
			Required: columns("email_address_[required]|email_address, last_sign_in_[read_only]|last_sign_in"),
			Optional: columns("first_name_[required]|first_name, last_name_[required]|last_name, status_[read_only]|status, " +
				"org_unit_path_[required]|org_unit_path, employee_id")}},
		{layout: exports.Entra, Format: sheet.Format{ID: "entra-users", Title: "Entra ID users",
			Required: columns("userprincipalname"),
			Optional: columns("mail, displayname, givenname, surname, objectid, id, usertype, jobtitle, department, accountenabled, " +
				"createddatetime, usagelocation, " + entraSignIn + ", " + entraByClient)}},
		{layout: exports.Okta, Format: sheet.Format{ID: "okta-users", Title: "Okta users",
			Required: columns("login|profile.login|profile_login|primary_email|profile.email, status, last_login|lastlogin"),
			Optional: columns("user, id, created, activated, activation_date, authentication_source, last_password_change, " +
				"passwordchanged, profile.firstname, profile.lastname, email")}},
	}
}

// decisionsFormat is the table of decisions about seats, which is also what is
// read of a report of Tierline's.
var decisionsFormat = sheet.Format{ID: "decisions", Title: "decisions table", Personal: true,
	Required: columns("user_id, site, product, keep"),
	Optional: columns("reason, owner, decided_until"),
	Written:  columns("User id, site, product, keep, reason, owner, decided_until"),
}

// ownTables are our own tables, which "tierline init" begins. Their columns
// stand in the README that init writes.
func ownTables() []format {
	return []format{
		{read: (*records.Tables).ReadSubscriptions, most: 10_000, Format: sheet.Format{ID: "subscriptions", Title: "subscriptions table",
			Required: columns("type, key, site, cycle, renewal_date"),
			Optional: columns("name, vendor, hosting, host, includes, edition, billing_basis, price_plan, licensed_users, discount, licence_type, " +
				"contract_price, currency, status, multi_instance, auto_renew, owner, cost_centre, entitlement")}},
		{read: (*records.Tables).ReadPrices, Format: sheet.Format{ID: "prices", Title: "prices table",
			Required: columns("plan, cycle, currency, mode, up_to"),
			Optional: columns("hosting, from, unit_price, flat_price, valid_from, valid_to, source")}},
		{read: (*records.Tables).ReadPriceChanges, Format: sheet.Format{ID: "price_changes", Title: "price_changes table",
			Required: columns("plan, effective"),
			Optional: columns("hosting, announced, change, new_plan, override_days, source")}},
		{read: (*records.Tables).ReadRates, Format: sheet.Format{ID: "rates", Title: "rates table",
			Required: columns("currency, rate, date"),
			Optional: columns("source")}},
		{read: (*records.Tables).ReadQuotes, Format: sheet.Format{ID: "quotes", Title: "quotes table",
			Required: columns("number, date, site, key, users, cycle, amount"),
			Optional: columns("valid_until, period_from, currency")}},
		{read: (*records.Tables).ReadInvoices, Format: sheet.Format{ID: "invoices", Title: "invoices table",
			Required: columns("number, date, period_from, period_to, site, key, amount"),
			Optional: columns("users, currency")}},
		{read: (*records.Tables).ReadUserCounts, most: 200_000, Format: sheet.Format{ID: "user_counts", Title: "user_counts table",
			Required: columns("date, site, product, users")}},
		{read: (*records.Tables).ReadHeadcount, Format: sheet.Format{ID: "headcount_plan", Title: "headcount_plan table",
			Required: columns("date, site, product, change"),
			Optional: columns("note")}},
		{read: (*records.Tables).ReadExceptions, Format: sheet.Format{ID: "exceptions", Title: "exceptions table", Personal: true,
			Required: columns("rule, subject, reason"),
			Optional: columns("owner, until")}},
		{read: (*records.Tables).ReadDecisions, most: 2_000_000, Format: decisionsFormat},
		{read: (*records.Tables).ReadApps, Format: sheet.Format{ID: "apps", Title: "apps table",
			Required: columns("key"),
			Optional: columns("name, vendor, hosting_available, supported, archived, cloud_fortified, bug_bounty, " +
				"security_self_assessment, partner_level, framework, checked_on")}},
		{read: (*records.Tables).ReadEnds, Format: sheet.Format{ID: "end_of_support", Title: "end_of_support table",
			Required: columns("key, date"),
			Optional: columns("note, source")}},
		{read: (*records.Tables).ReadAppUsage, Format: sheet.Format{ID: "app_usage", Title: "app_usage table",
			Required: columns("key, site, active_users"),
			Optional: columns("period_days, assigned_users, as_of")}},
		{read: (*records.Tables).ReadWorkload, most: 2_000_000, Format: sheet.Format{ID: "workload", Title: "workload table", Personal: true,
			Required: columns("account"),
			Optional: columns("site, product, open_items, last_item_on")}},
		{read: (*records.Tables).ReadPeople, most: 2_000_000, Format: sheet.Format{ID: "people", Title: "people table", Personal: true,
			Required: columns("email"),
			Optional: columns("department, title, cost_centre, manager, needs_access, leave_until")}},
	}
}

// pastedTables are tables of others as people copy them from a page.
func pastedTables() []format {
	return []format{
		{read: (*records.Tables).ReadPasted, Format: sheet.Format{ID: "pasted-prices", Title: "price table as pasted",
			Required: columns("users"), Optional: columns("monthly, annual"), Written: columns("Users, Monthly, Annual")}},
	}
}

// jsonAnswers are the answers of REST requests, saved as they came.
func jsonAnswers() []answers.Format {
	return []answers.Format{
		{ID: "upm-licences", Title: "installed licences (JSON)", Fits: answers.IsInstalled, Read: (*answers.File).ReadInstalled},
		{ID: "upm-licences", Title: "installed licence (JSON)", Fits: answers.IsLicence, Read: (*answers.File).ReadLicence},
		{ID: "directory-users", Title: "users of the Organizations API (JSON)", Fits: answers.IsUserSearch, Read: (*answers.File).ReadUserSearch},
		{ID: "managed-users", Title: "managed accounts of the Organizations API (JSON)", Fits: answers.IsManagedPage, Read: (*answers.File).ReadManagedPage},
		{ID: "application-roles", Title: "users and seats of a site (JSON)", Fits: answers.IsApplicationRole, Read: (*answers.File).ReadApplicationRole},
		{ID: "licence-count", Title: "approximate licence count of a site (JSON)", Fits: answers.IsLicenceCount, Read: (*answers.File).ReadLicenceCount},
		{ID: "marketplace-prices", Title: "Marketplace price list (JSON)", Fits: answers.IsPriceList, Read: (*answers.File).ReadPriceList},
	}
}

// columns splits a list of column names, or of alternatives for one column
// (see [sheet.Format]).
func columns(names string) []string { return strings.Split(names, ", ") }

// tableFormats are all formats of tables, exports first: the order in which
// they are tried.
func tableFormats() []format { return slices.Concat(userLists(), ownTables(), pastedTables()) }

// formatIDs lists the formats of tables by the names audit.yaml knows them by.
func formatIDs() []string {
	var out []string
	for _, f := range tableFormats() {
		out = append(out, f.ID)
	}
	return out
}
