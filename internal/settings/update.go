package settings

import "sync"

// updating lets one change after the other through, so that none undoes what another has just written.
var updating sync.Mutex

// Update changes the settings in a folder: it reads them as they are now, so that whatever a person has entered meanwhile stays, lets
// change change them, and writes them, unless change fails. Of several processes the store's lock lets only one have a folder.
func Update(dir string, change func(*Settings) error) error {
	updating.Lock()
	defer updating.Unlock()
	s, err := Load(dir)
	if err != nil {
		return err
	}
	if err := change(&s); err != nil {
		return err
	}
	return Save(dir, s)
}
