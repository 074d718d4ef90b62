package store

import (
	"encoding/json"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// seconds are the second parts of all keys with a first part.
func seconds(tx *bolt.Tx, bucket []byte, first string) []string {
	prefix := pair(first, "")
	var found []string
	cursor := tx.Bucket(bucket).Cursor()
	for k, _ := cursor.Seek(prefix); k != nil && len(k) >= len(prefix) && string(k[:len(prefix)]) == string(prefix); k, _ = cursor.Next() {
		found = append(found, string(k[len(prefix):]))
	}
	return found
}

// get reads a value; a missing one is the zero value.
func get[T any](tx *bolt.Tx, bucket, key []byte) (T, error) {
	var value T
	data := tx.Bucket(bucket).Get(key)
	if data == nil {
		return value, nil
	}
	if err := json.Unmarshal(data, &value); err != nil {
		return value, decoding(tx, bucket, key, err)
	}
	return value, nil
}

func put(tx *bolt.Tx, bucket, key []byte, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("%s %s: %w", bucket, key, err)
	}
	return tx.Bucket(bucket).Put(key, data)
}
