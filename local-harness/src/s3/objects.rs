//! What is in the buckets: in memory, or as files of a folder.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use hyper::body::Bytes;

/// The objects, by bucket and key with a slash between them.
#[derive(Debug)]
pub(super) enum Objects {
    Memory(Mutex<BTreeMap<String, Bytes>>),
    Folder(PathBuf),
}

impl Objects {
    pub(super) fn new(folder: Option<&Path>) -> Self {
        match folder {
            Some(folder) => Self::Folder(folder.to_owned()),
            None => Self::Memory(Mutex::default()),
        }
    }

    pub(super) fn put(&self, name: &str, content: Bytes) -> io::Result<()> {
        match self {
            Self::Memory(objects) => {
                objects.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), content);
                Ok(())
            }
            Self::Folder(folder) => {
                let path = folder.join(name);
                path.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::write(path, content)
            }
        }
    }

    pub(super) fn get(&self, name: &str) -> io::Result<Option<Bytes>> {
        match self {
            Self::Memory(objects) => Ok(objects.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()),
            Self::Folder(folder) => found(fs::read(folder.join(name))).map(|content| content.map(Bytes::from)),
        }
    }

    pub(super) fn delete(&self, name: &str) -> io::Result<()> {
        match self {
            Self::Memory(objects) => {
                objects.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
                Ok(())
            }
            Self::Folder(folder) => found(fs::remove_file(folder.join(name))).map(|_| ()),
        }
    }
}

fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a key is one that can be kept as a file: nothing of it leads out of its folder.
pub(super) fn is_plain(key: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    key.len() <= 1024 && key.split('/').all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_there_until_it_is_deleted_in_memory_and_in_a_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        for objects in [Objects::new(None), Objects::new(Some(folder.path()))] {
            let name = "bucket/orders/1/2";
            assert_eq!(objects.get(name).expect("read"), None);
            objects.delete(name).expect("nothing is there to be deleted");
            objects.put(name, Bytes::from_static(b"one")).expect("written");
            objects.put(name, Bytes::from_static(b"two")).expect("written again");
            assert_eq!(objects.get(name).expect("read"), Some(Bytes::from_static(b"two")));
            objects.delete(name).expect("deleted");
            assert_eq!(objects.get(name).expect("read"), None);
        }
    }

    #[test]
    fn no_key_leads_out_of_its_folder() {
        assert!(is_plain("orders/0192f0c4-7a10/a.pdf"));
        for key in ["", "/", "a//b", "../a", "a/../b", "a/./b", "a/.b", "a\\b", "a%2e%2e", "a b", "/a"] {
            assert!(!is_plain(key), "{key}");
        }
    }
}
