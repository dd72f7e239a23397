"""A discord.py bot as anybody would write it. It prints what the Java side's Bot describes, one line each.

Environment: BASE_URL (without version), GATEWAY_URL, TOKEN.
"""

import asyncio
import os
import sys
import threading

import discord
import yarl

discord.http.Route.BASE = os.environ["BASE_URL"] + "/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["GATEWAY_URL"])


def tell(*words):
    print(*words, flush=True)


class Bot(discord.Client):
    async def setup_hook(self):
        threading.Thread(target=self.leave_with_input, args=[asyncio.get_running_loop()], daemon=True).start()

    def leave_with_input(self, loop):
        sys.stdin.read()
        asyncio.run_coroutine_threadsafe(self.close(), loop)

    async def on_connect(self):
        tell("session", self.ws.session_id)

    async def on_ready(self):
        tell("ready", self.user.id, self.guilds[0].id if self.guilds else "no-guild")

    async def on_resumed(self):
        tell("resumed")

    async def on_message(self, message):
        if message.author == self.user:
            return
        tell("message", message.content)
        if message.content.startswith("ping "):
            await message.reply(f"pong {message.content[5:]} from discord.py")
        if message.content == "echo" and message.attachments:
            await message.channel.send("echoed by discord.py", file=await message.attachments[0].to_file())


async def main():
    intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
    async with Bot(intents=intents) as bot:
        await bot.start(os.environ["TOKEN"])


asyncio.run(main())
