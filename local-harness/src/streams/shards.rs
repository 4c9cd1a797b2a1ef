//! Reads a stream shard by shard: a shard's children only once it was read to its end, for they go on where it ends.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

use serde_json::{Value, json};

use super::{api::Api, delivery::Batch, places::Places};
use crate::template::StreamSpec;

/// A stream as far as it was read.
pub(super) struct Shards {
    api: Api,
    table: String,
    mapping: String,
    batch_size: usize,
    places: Arc<Places>,
    stream: Option<String>,
    /// Shards that are being read, with the iterator that goes on.
    open: BTreeMap<String, String>,
    finished: BTreeSet<String>,
    /// Those of `open`, in the order in which they are asked.
    turn: VecDeque<String>,
}

impl Shards {
    pub(super) fn new(endpoint: &str, spec: &StreamSpec, places: Arc<Places>) -> Self {
        Self {
            api: Api::new(endpoint),
            table: spec.table.clone(),
            mapping: spec.id.clone(),
            batch_size: spec.batch_size,
            places,
            stream: None,
            open: BTreeMap::new(),
            finished: BTreeSet::new(),
            turn: VecDeque::new(),
        }
    }

    /// The next changes, of one shard; `None` when there are none just now.
    pub(super) async fn next(&mut self) -> Result<Option<Batch>, String> {
        let stream = self.stream().await?;
        if self.turn.is_empty() {
            self.look_for_shards(&stream).await?;
        }
        for _ in 0..self.turn.len() {
            let Some(shard) = self.turn.pop_front() else { break };
            let Some(iterator) = self.open.get(&shard) else { continue };
            let answer = self.api.call("GetRecords", &json!({ "ShardIterator": iterator, "Limit": self.batch_size })).await;
            let Ok(mut answer) = answer else {
                // An iterator lasts a quarter of an hour: the next look takes a new one.
                self.open.remove(&shard);
                return answer.map(|_| None);
            };
            match answer["NextShardIterator"].take() {
                Value::String(next) => {
                    self.open.insert(shard.clone(), next);
                    self.turn.push_back(shard.clone());
                }
                _ => {
                    self.open.remove(&shard);
                    self.finished.insert(shard.clone());
                }
            }
            if let Value::Array(mut records) = answer["Records"].take()
                && !records.is_empty()
            {
                for record in &mut records {
                    record["eventSourceARN"] = stream.clone().into();
                }
                return Ok(Some(Batch { stream, shard, records }));
            }
        }
        if !self.finished.is_empty() {
            // Somewhere a shard has ended: its children may be open by now.
            self.look_for_shards(&stream).await?;
        }
        Ok(None)
    }

    /// Remembers that a batch was taken, or put with the dead letters.
    pub(super) fn taken(&self, batch: &Batch) {
        if let Some(last) = batch.last() {
            self.places.set(&self.mapping, &batch.shard, last);
        }
    }

    async fn stream(&mut self) -> Result<String, String> {
        if let Some(stream) = &self.stream {
            return Ok(stream.clone());
        }
        let listed = self.api.call("ListStreams", &json!({ "TableName": self.table })).await?;
        let stream = listed["Streams"].as_array().and_then(|streams| streams.last()).and_then(|last| last["StreamArn"].as_str());
        let stream = stream.ok_or_else(|| format!("the table {} has no stream", self.table))?.to_owned();
        self.stream = Some(stream.clone());
        Ok(stream)
    }

    async fn look_for_shards(&mut self, stream: &str) -> Result<(), String> {
        let described = self.api.call("DescribeStream", &json!({ "StreamArn": stream })).await?;
        let shards = described["StreamDescription"]["Shards"].as_array().cloned().unwrap_or_default();
        for id in self.to_be_opened(&shards) {
            let mut wanted = json!({ "StreamArn": stream, "ShardId": id, "ShardIteratorType": "TRIM_HORIZON" });
            if let Some(place) = self.places.of(&self.mapping, &id) {
                wanted["ShardIteratorType"] = "AFTER_SEQUENCE_NUMBER".into();
                wanted["SequenceNumber"] = place.into();
            }
            let answer = self.api.call("GetShardIterator", &wanted).await?;
            let iterator = answer["ShardIterator"].as_str().ok_or("a shard has no iterator")?;
            self.open.insert(id.clone(), iterator.to_owned());
            self.turn.push_back(id);
        }
        Ok(())
    }

    /// The shards that can be read from now on, and are not yet.
    fn to_be_opened(&self, shards: &[Value]) -> Vec<String> {
        let ids: BTreeSet<_> = shards.iter().filter_map(|shard| shard["ShardId"].as_str()).collect();
        let is_due = |shard: &Value| {
            let id = shard["ShardId"].as_str()?;
            let parent = shard["ParentShardId"].as_str().filter(|parent| ids.contains(parent));
            let after_parent = parent.is_none_or(|parent| self.finished.contains(parent));
            (after_parent && !self.finished.contains(id) && !self.open.contains_key(id)).then(|| id.to_owned())
        };
        shards.iter().filter_map(is_due).collect()
    }
}
