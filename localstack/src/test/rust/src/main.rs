//! A serenity bot as anybody would write it. It prints what the Java side's Bot describes, one line each.
//! Environment: BASE_URL (without version), TOKEN.

use std::env;

use serenity::all::{
    async_trait, ClientBuilder, Context, CreateAttachment, CreateMessage, EventHandler, GatewayIntents, GuildId,
    HttpBuilder, Message, Ready, ResumedEvent,
};
use tokio::io::AsyncReadExt;

struct Handler;

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, _: Context, ready: Ready) {
        println!("session {}", ready.session_id);
    }

    async fn cache_ready(&self, context: Context, guilds: Vec<GuildId>) {
        let guild = guilds.first().map_or("no-guild".to_owned(), GuildId::to_string);
        println!("ready {} {guild}", context.cache.current_user().id);
    }

    async fn resume(&self, _: Context, _: ResumedEvent) {
        println!("resumed");
    }

    async fn message(&self, context: Context, message: Message) {
        if message.author.id == context.cache.current_user().id {
            return;
        }
        println!("message {}", message.content);
        if let Err(why) = answer(&context, &message).await {
            println!("error {why}");
        }
    }
}

async fn answer(context: &Context, message: &Message) -> serenity::Result<()> {
    if let Some(number) = message.content.strip_prefix("ping ") {
        message.reply(context, format!("pong {number} from serenity")).await?;
    }
    if let ("echo", Some(file)) = (message.content.as_str(), message.attachments.first()) {
        let bytes = file.download().await?;
        let echo = CreateMessage::new().content("echoed by serenity");
        message.channel_id.send_files(context, [CreateAttachment::bytes(bytes, &file.filename)], echo).await?;
    }
    Ok(())
}

// On one thread, handlers begin in the order of their events; on several, lines would not stand in it.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The API's address is what serenity calls a proxy, to which it leaves the rate limits; the gateway's is what the API says.
    let http = HttpBuilder::new(env::var("TOKEN")?).proxy(env::var("BASE_URL")?).ratelimiter_disabled(true).build();
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::MESSAGE_CONTENT;
    let mut client = ClientBuilder::new_with_http(http, intents).event_handler(Handler).await?;
    let shards = client.shard_manager.clone();
    tokio::spawn(async move {
        let mut ignored = Vec::new();
        let _ = tokio::io::stdin().read_to_end(&mut ignored).await;
        shards.shutdown_all().await;
    });
    client.start().await?;
    Ok(())
}
