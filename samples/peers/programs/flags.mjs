// Flags the idle seats of an organisation export with DuckDB, and prints how
// many there are by product: the least a tool must do to judge seats.
// Usage: node flags.mjs export-users.csv
import { DuckDBInstance } from "@duckdb/node-api";

const file = process.argv[2].replaceAll("'", "''");
const products = [
  "Jira - big-eng", "Jira Service Management - big-eng", "Confluence - big-eng",
  "Jira - big-biz", "Jira Service Management - big-biz", "Confluence - big-biz",
];
const flagged = (p) => `count(*) filter (where "User status" = 'Active' and "${p}" is not null and
  ("Last seen in ${p}" = 'Never accessed' or try_strptime("Last seen in ${p}", '%-d %b %Y') < date '2026-11-16' - 90)) as "${p}"`;

const db = await DuckDBInstance.create(":memory:", { threads: "2" });
const connection = await db.connect();
const answer = await connection.runAndReadAll(
  `select ${products.map(flagged).join(", ")} from read_csv('${file}', header = true, all_varchar = true)`);
console.log(answer.getRows()[0].join(" "));
