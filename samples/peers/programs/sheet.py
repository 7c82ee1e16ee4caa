"""Reads an organisation export with pandas, flags idle seats and writes one sheet.

Usage: sheet.py export-users.csv out.xlsx
"""

import sys

import pandas

AS_OF = pandas.Timestamp("2026-11-16")

users = pandas.read_csv(sys.argv[1])
for column in [c for c in users.columns if c.startswith("Last seen in ")]:
    product = column.removeprefix("Last seen in ")
    seen = pandas.to_datetime(users[column], format="%d %b %Y", errors="coerce")
    seat = (users["User status"] == "Active") & users[product].notna()
    idle = (AS_OF - seen).dt.days
    users["Idle days in " + product] = idle.where(seat)
    users["Review " + product] = seat & ((users[column] == "Never accessed") | (idle >= 90))
with pandas.ExcelWriter(sys.argv[2], engine="xlsxwriter") as book:
    users.to_excel(book, sheet_name="Users", index=False)
