# Many sites at once: a file of them, and the project it comes to

bulk-title = Order for many sites
bulk-introduction = Send one file with a row for each site. Each good row becomes an order of its own that you can open and finish. Nothing is placed yet.
bulk-which = What do you want at every site?
bulk-none = There is nothing that can be ordered for many sites.
bulk-chosen = { $offering } at many sites
bulk-other = Choose another service
bulk-template-title = 1. Get the file
bulk-template = Download the empty file (CSV)
bulk-columns-title = 2. Fill in a row for each site
bulk-columns-hint = At most 2,000 sites. Open the file with any spreadsheet program, and save it as CSV (UTF-8). The columns may stand in any order.
bulk-send-title = 3. Send it
bulk-file = The file with your sites
bulk-file-hint = CSV, at most 3 MB
bulk-send = Check the file and start
bulk-wrong-title = No row can be ordered as it is
bulk-wrong-introduction = Nothing was saved. Put these right in your file and send it again.
bulk-wrong-more = And { $count } more rows.
bulk-before = Files sent before
bulk-before-sites = { $count ->
    [one] One site
   *[other] { $count } sites
}, sent { $date }

bulk-column-site-name = Site name
bulk-column-street = Number and street
bulk-column-unit = Suite, floor or apartment
bulk-column-city = City
bulk-column-state = State
bulk-column-zip = ZIP code
bulk-column-contact-name = Who to call there
bulk-column-contact-phone = Their telephone number
bulk-column-requested-date = Day asked for, as 2027-01-31
bulk-column-optional = { $column } (may be empty)
bulk-column-one-of = { $column } – one of: { $choices }

bulk-row = Row { $line }
bulk-same-place-twice = The same address is in an earlier row
bulk-not-available = This service can’t be had at this address
bulk-excluded = This service can’t be ordered beside what is in service at this address
bulk-not-orderable = This service can’t be ordered at this address

bulk-fault-too-large = The file is larger than 3 MB. Send it in parts
bulk-fault-not-text = The file is not saved as CSV in UTF-8. Save it as “CSV UTF-8” and send it again
bulk-fault-not-a-table = The file can’t be read as CSV. Save it as “CSV UTF-8” and send it again
bulk-fault-no-rows = The file has no row below the first. Fill in a row for each site
bulk-fault-too-many-rows = The file has more than 2,000 rows. Send it in parts
bulk-fault-missing-column = The column “{ $column }” is missing. Start from the empty file
bulk-fault-unknown-column = The column “{ $column }” is not one of this file’s columns. Take it out
bulk-fault-doubled-column = The column “{ $column }” is there twice. Keep one of the two

project-title = Sites from { $file }
project-sent = { $offering }, sent { $date }
project-finished = All rows are dealt with
project-under-way = { $done } of { $all } rows are dealt with
project-reload = Load this page again to see how far it is.
project-refresh = Show how far it is now
project-stands-still = Nothing has happened for some minutes.
project-go-on = Go on
project-orders = Orders made
project-waiting = Rows waiting
project-failed = Rows that could not be ordered after all
project-wrong = Rows to correct
project-correct-title = Rows to correct
project-correct = These rows were not ordered. Download them, put them right, and send that file.
project-correct-download = Download the rows to correct (CSV)
project-sites-title = Sites
project-sites-range = Sites { $first } to { $last } of { $all }
project-next = Next sites
project-previous = Sites before
project-send-another = Send another file

project-state-waiting = Waiting
project-state-done = Order made
project-state-failed = Not ordered
project-open = { $site }, order { $reference }
project-not-available = The service can’t be had there any more
project-not-beside = The service can’t be ordered beside what is in service there
project-not-chosen = What was chosen can’t be had there any more
project-not-otherwise = The service can’t be ordered there
