package link

// Spooler is the link to a printer of Windows' spooler. Nothing is opened yet. *Sent* means that the spooler took every byte as RAW data and closed the job; what
// the printer does with it the spooler does not tell reliably. A job that the spooler did not take whole is deleted from its queue. It fails with
// printer.no_queue and printer.queue_refused (blank queue), and with printer.other_system elsewhere than on Windows.
func Spooler(name string) Link { return &spooler{name: name} }
